import { childrenOf, type ElementId, type ElementKind, type NodeData, type Snapshot } from "@waggle/template";
import { conditionOf } from "../html/finish.ts";
import { Translator } from "../html/in-language.ts";
import type { Sanitise } from "../html/serialise.ts";
import { viewOf } from "../modules/module-view.ts";
import { type Page, pageOf } from "../page.ts";
import { rowIdsOf } from "../row.ts";
import { ElementReader } from "../values/element-reader.ts";
import { moduleTexts } from "./module-texts.ts";
import { textOfHtml } from "./text-of-html.ts";

export interface RenderPlainTextOptions {
  /** What of people's and agents' markup counts as text: `htmlCodec.sanitise`. */
  readonly sanitise: Sanitise;
  /** The language of the translations to show, as the template names it (`es-ES`) or roughly (`es`). */
  readonly language?: string;
}

/**
 * The text of a template, for readers without HTML: one block a module, links with their addresses, template tags as they
 * are. What the HTML hides, or shows on phones only, is left out.
 */
export function renderPlainText(original: Snapshot, { sanitise, language }: RenderPlainTextOptions): string {
  const snapshot = language ? new Translator(language).snapshot(original) : original;
  const page = pageOf(snapshot);
  const toText = (html: string): string => (html === "" ? "" : textOfHtml(sanitise(html)));
  const rows = rowIdsOf(snapshot).map((id) => rowText(snapshot, { id, page, toText }));
  const text = rows.filter((row) => row !== "").join("\n\n");
  return text === "" ? "" : `${text}\n`;
}

interface Writing {
  readonly id: ElementId;
  readonly page: Page;
  readonly toText: (html: string) => string;
}

function rowText(snapshot: Snapshot, { id, ...writing }: Writing): string {
  const row = new ElementReader(snapshot.nodes.get(id) ?? {});
  if (isHidden(row, "/content/computedStyle")) return "";
  const columns = shownIn(snapshot, { parent: id, kind: "column", hiding: "/computedStyle" });
  const texts = columns.map(([columnId, reader]) => {
    const modules = shownIn(snapshot, { parent: columnId, kind: "module", hiding: "/descriptor/computedStyle" });
    const written = modules.map(([moduleId, , node]) => moduleText(node, { id: moduleId, ...writing }));
    return withCondition(reader, written.filter((text) => text !== "").join("\n\n"));
  });
  return withCondition(row, texts.filter((text) => text !== "").join("\n\n"));
}

function moduleText(node: NodeData, { id, page, toText }: Writing): string {
  const view = viewOf(node, { id, page, mode: "send", width: page.width });
  return moduleTexts[view.type]({ ...view, toText });
}

interface Children {
  readonly parent: ElementId;
  readonly kind: ElementKind;
  readonly hiding: string;
}

type Shown = readonly [id: ElementId, reader: ElementReader, node: NodeData];

function shownIn(snapshot: Snapshot, { parent, kind, hiding }: Children): readonly Shown[] {
  return childrenOf(snapshot, parent).flatMap((id): Shown[] => {
    const node = snapshot.nodes.get(id);
    if (node?.type !== kind) return [];
    const reader = new ElementReader(node);
    return isHidden(reader, hiding) ? [] : [[id, reader, node]];
  });
}

/** A text has room for one of the two that phones and desktops show in each other's place. */
function isHidden(reader: ElementReader, pointer: string): boolean {
  return reader.isOn(`${pointer}/hideContentOnHtml`) || reader.isOn(`${pointer}/hideContentOnDesktop`);
}

function withCondition(reader: ElementReader, text: string): string {
  const condition = text === "" ? undefined : conditionOf(reader);
  return condition ? [condition.before, text, condition.after].filter((line) => line !== "").join("\n") : text;
}
