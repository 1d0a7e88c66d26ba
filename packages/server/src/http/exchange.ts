import { renderPlainText } from "@waggle/render";
import { type DocumentKind, renderHtml } from "@waggle/render/html";
import {
  applyChange,
  emailToPage,
  emptySnapshot,
  importPage,
  type Json,
  type JsonObject,
  mergeIndex,
  mergeRows,
  newElementId,
  pageToEmail,
  type SavedRowPlace,
  type Snapshot,
  syncedRows,
} from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { fullToSimple, type SimpleConversion, simpleToFull } from "@waggle/template/simple";
import { type Replacement, replaceAll } from "./replace-paths.ts";

const { sanitise } = htmlCodec;
const ids = { newId: newElementId };

/** The template that page JSON describes. Throws INVALID_TEMPLATE. */
function snapshotOf(page: unknown): Snapshot {
  return applyChange(emptySnapshot, importPage(page, { ...ids, codec: htmlCodec }));
}

interface Rendering {
  readonly [key: string]: unknown;
  readonly language?: string | null | undefined;
  readonly beautifyHtmlEnabled?: boolean | null | undefined;
}

/** Throws INVALID_TEMPLATE. */
export function htmlOf({ language, beautifyHtmlEnabled, ...page }: Rendering, kind: DocumentKind): string {
  const beautified = beautifyHtmlEnabled ?? false;
  return renderHtml(snapshotOf(page), { sanitise, kind, beautified, ...(language ? { language } : {}) });
}

/** Throws INVALID_TEMPLATE. */
export function plainTextOf({ language, beautifyHtmlEnabled: _ignored, ...page }: Rendering): string {
  return renderPlainText(snapshotOf(page), { sanitise, ...(language ? { language } : {}) });
}

/** Throws INVALID_TEMPLATE with the problems. */
export function fullOf(simple: unknown): JsonObject {
  return simpleToFull(simple, ids);
}

/** Throws INVALID_TEMPLATE. */
export function simpleOf(page: unknown): SimpleConversion {
  return fullToSimple(page);
}

/** Throws INVALID_TEMPLATE. */
export function repurposed(template: unknown, conversion: "page-to-email" | "email-to-page"): JsonObject {
  return (conversion === "page-to-email" ? pageToEmail : emailToPage)(template).template;
}

export interface Merge {
  readonly source: unknown;
  readonly replace: readonly Replacement[];
}

interface Merged {
  readonly json: Json;
  readonly html: string;
  readonly unmatched?: string[];
}

/** Throws INVALID_INPUT for a path, INVALID_TEMPLATE for what comes out. */
export async function merged({ source, replace }: Merge, kind: DocumentKind): Promise<Merged> {
  const { json, unmatched } = await replaceAll(source, replace);
  const html = renderHtml(snapshotOf(json), { sanitise, kind });
  return { json, html, ...(unmatched.length > 0 && { unmatched: [...unmatched] }) };
}

interface SavedRows {
  readonly template?: unknown;
  readonly rows?: unknown;
  readonly rowIdentifierLabel: string;
  readonly webFonts?: unknown;
}

/** Throws INVALID_TEMPLATE. */
export function withRows({ template, rows, ...rest }: SavedRows): { template: JsonObject } {
  return { template: mergeRows({ template, rows, ...rest }, ids).template };
}

/** Throws INVALID_TEMPLATE. */
export function placesOfSyncedRows({ template, rowIdentifierLabel }: SavedRows): SavedRowPlace[] {
  return [...syncedRows(template, rowIdentifierLabel)];
}

/** Throws INVALID_TEMPLATE. */
export function metadataOfRows(source: unknown): JsonObject[] {
  return [...mergeIndex(source)];
}
