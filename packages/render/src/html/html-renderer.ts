import { childrenOf, equalValues, type NodeData, rootId, type Snapshot, settingsId } from "@waggle/template";
import { directionOfLanguage, type Page, type PageHead, pageHeadOf, pageOf } from "../page.ts";
import { RowRenderer, rowIdsOf } from "../row.ts";
import { lineOfHtml } from "../text/text-of-html.ts";
import type { ElementNode } from "../tree.ts";
import { ElementReader } from "../values/element-reader.ts";
import { type DocumentKind, documentText, styleSheet } from "./document.ts";
import { Translator } from "./in-language.ts";
import { messageDrawing } from "./message/message-drawing.ts";
import { pageDrawing } from "./page/page-drawing.ts";
import { type OutlookPiece, outlookComment, type Piece, RuleNames } from "./pieces.ts";
import { type Sanitise, serialise } from "./serialise.ts";

export interface RenderHtmlOptions {
  /** What of people's and agents' markup may stand in a document: `htmlCodec.sanitise`. */
  readonly sanitise: Sanitise;
  /** An e-mail by default. Pages and popups have forms and films that work, and nothing for Outlook. */
  readonly kind?: DocumentKind;
  /** The language of the translations to show, as the template names it (`es-ES`) or roughly (`es`). */
  readonly language?: string;
  /** With line breaks and indents, to be read by people. */
  readonly beautified?: boolean;
}

/**
 * Renders the snapshots of one template. Rows that have not changed since the last time are taken as they were, so that
 * rendering after a small change costs little.
 */
export class HtmlRenderer {
  readonly #options: RenderHtmlOptions;
  readonly #kind: DocumentKind;
  readonly #rows: RowRenderer;
  readonly #translator: Translator | undefined;
  readonly #pieces = new WeakMap<ElementNode, readonly Piece[]>();
  #page: Page | undefined;

  constructor(options: RenderHtmlOptions) {
    this.#options = options;
    this.#kind = options.kind ?? "message";
    this.#rows = new RowRenderer(this.#kind === "message" ? messageDrawing : pageDrawing);
    this.#translator = options.language ? new Translator(options.language) : undefined;
  }

  /** The complete document of a snapshot. */
  render(original: Snapshot): string {
    const snapshot = this.#translator?.snapshot(original) ?? original;
    // What is in no way translated stays in the language that the document says it is in.
    const language = snapshot === original ? undefined : this.#options.language;
    const page = this.#pageOf(snapshot, language);
    const rows = rowIdsOf(snapshot).map((id) => this.#rows.row(snapshot, id, { page, mode: "send" }));
    const pieces = rows.map((row) => this.#piecesOf(row));
    const head = headOf(snapshot, { language, sanitise: this.#options.sanitise });
    const { css, rows: markup } = joined(pieces.flat(), { page, customTags: head.customTags });
    const beautified = this.#options.beautified ?? false;
    return documentText({ kind: this.#kind, page, head, css, rows: markup, beautified });
  }

  #piecesOf(row: ElementNode): readonly Piece[] {
    const known = this.#pieces.get(row);
    if (known) return known;
    const { sanitise, beautified = false } = this.#options;
    const pieces = serialise(row, { sanitise, beautified });
    this.#pieces.set(row, pieces);
    return pieces;
  }

  #pageOf(snapshot: Snapshot, language: string | undefined): Page {
    const own = knownPage(snapshot);
    const page = language === undefined ? own : { ...own, direction: directionOfLanguage(language) };
    this.#page = this.#page && equalValues(this.#page, page) ? this.#page : page;
    return this.#page;
  }
}

/** Rows are kept by the page they were drawn for, so equal settings have to be the same page for every renderer. */
const pages = new WeakMap<NodeData, Page>();

function knownPage(snapshot: Snapshot): Page {
  const settings = snapshot.nodes.get(settingsId);
  const page = (settings && pages.get(settings)) ?? pageOf(snapshot);
  if (settings) pages.set(settings, page);
  return page;
}

interface HeadOptions {
  readonly language: string | undefined;
  readonly sanitise: Sanitise;
}

function headOf(snapshot: Snapshot, { language, sanitise }: HeadOptions): PageHead {
  const head = pageHeadOf(snapshot);
  const title = head.title || firstHeading(snapshot, sanitise) || "Email";
  return { ...head, language: language ?? head.language, title };
}

interface Surroundings {
  readonly page: Page;
  readonly customTags: string;
}

/** The markup with the class names it needs, and the style sheet that names them. */
function joined(pieces: readonly Piece[], { page, customTags }: Surroundings): { css: string; rows: string } {
  const names = new RuleNames();
  const present = new Set<string>();
  const named = pieces.map((piece): NamedPiece => {
    if (typeof piece === "string" || "outlook" in piece) return piece;
    for (const name of piece.names) present.add(name);
    return piece.rules ? [...piece.names, names.nameOf(piece.rules)] : piece.names;
  });
  const css = styleSheet(page, names.css, (name) => present.has(name));
  const used = classesIn(css + customTags);
  return { css, rows: markupOf(named, used) };
}

type NamedPiece = string | OutlookPiece | readonly string[];

/** Only what the renderer itself wrote for Outlook is joined: conditions of the author's may look the same. */
function markupOf(pieces: readonly NamedPiece[], used: ReadonlySet<string>): string {
  let markup = "";
  let outlook = "";
  for (const piece of pieces) {
    if (typeof piece === "object" && "outlook" in piece) {
      outlook += piece.outlook;
      continue;
    }
    if (outlook !== "") markup += outlookComment(outlook);
    outlook = "";
    markup += typeof piece === "string" ? piece : classAttribute(piece, used);
  }
  return outlook === "" ? markup : markup + outlookComment(outlook);
}

// Names that no rule asks for would only cost bytes. The author's own rules in the head count too.
function classAttribute(names: readonly string[], used: ReadonlySet<string>): string {
  const written = names.filter((name) => used.has(name));
  return written.length === 0 ? "" : ` class="${written.join(" ")}"`;
}

function classesIn(css: string): ReadonlySet<string> {
  return new Set(Array.from(css.matchAll(/\.(-?[_a-z][\w-]*)/gi), ([, name = ""]) => name));
}

/** What the message is about, where nobody gave it a subject. */
function firstHeading(snapshot: Snapshot, sanitise: Sanitise): string {
  for (const row of childrenOf(snapshot, rootId)) {
    for (const column of childrenOf(snapshot, row)) {
      for (const module of childrenOf(snapshot, column)) {
        const title = headingText(snapshot.nodes.get(module), sanitise);
        if (title !== "") return title;
      }
    }
  }
  return "";
}

function headingText(node: NodeData | undefined, sanitise: Sanitise): string {
  if (!node) return "";
  const { html } = new ElementReader(node).html("/descriptor/heading/text", "/descriptor/heading/html");
  return html === "" ? "" : lineOfHtml(sanitise(html)).slice(0, 200);
}
