import { type Block, blockEnd, type Inline, isRichText, type Marks, toBlocks } from "@waggle/template";
import { Fragment, type Mark, type Node, type Schema, Slice } from "prosemirror-model";

interface Pasted {
  readonly html: string;
  readonly text: string;
}

interface PasteOptions {
  readonly schema: Schema;
  readonly isSingleBlock: boolean;
}

/**
 * What pasted content becomes in a text. HTML goes through the template's codec, the only reader that keeps what the
 * text can hold and drops what it can't; the codec loads with its parser when something with markup is pasted first.
 */
export async function readPasted({ html, text }: Pasted, options: PasteOptions): Promise<Slice> {
  const blocks = html === "" ? undefined : await blocksOf(html);
  if (!blocks) return plainSlice(text, options);
  return options.isSingleBlock ? lineSlice(blocks, options.schema) : blockSlice(blocks, options.schema);
}

async function blocksOf(html: string): Promise<readonly Block[] | undefined> {
  const { htmlCodec } = await import("@waggle/template/html");
  const value = htmlCodec.parse(htmlCodec.sanitise(html));
  return isRichText(value) ? toBlocks(value.rich) : undefined;
}

/** Plain text: an empty line parts paragraphs, every other line end is a line break. */
export function plainSlice(text: string, { schema, isSingleBlock }: PasteOptions): Slice {
  const clean = text.replace(/\r\n?/g, "\n").replaceAll(blockEnd, "\n").replace(/\n+$/, "");
  const paragraph = schema.nodes.paragraph;
  const parts = isSingleBlock || !paragraph ? [clean.replace(/\n{2,}/g, "\n")] : clean.split(/\n{2,}/);
  const [only = ""] = parts;
  if (parts.length === 1 || !paragraph) return new Slice(Fragment.from(only === "" ? null : schema.text(only)), 0, 0);
  const nodes = parts.map((part) => paragraph.create(null, part === "" ? null : schema.text(part)));
  return new Slice(Fragment.from(nodes), 1, 1);
}

function blockSlice(blocks: readonly Block[], schema: Schema): Slice {
  const nodes = blocks.flatMap((block) => nodeOf(block, schema));
  const [first] = nodes;
  const isLine = nodes.length === 1 && first?.type.name === "paragraph" && first.attrs.tag === "";
  if (isLine) return new Slice(first.content, 0, 0);
  const open = (node: Node | undefined) => (node?.isTextblock ? 1 : 0);
  return new Slice(Fragment.from(nodes), open(first), open(nodes.at(-1)));
}

/** All lines as one, with line breaks between them. */
function lineSlice(blocks: readonly Block[], schema: Schema): Slice {
  const lines = blocks.flatMap((block) => linesOf(block));
  const nodes = lines.flatMap((line, index) => [
    ...(index === 0 ? [] : [schema.text("\n")]),
    ...line.flatMap((inline) => inlineNode(inline, schema)),
  ]);
  return new Slice(Fragment.from(nodes), 0, 0);
}

function linesOf(block: Block): readonly (readonly Inline[])[] {
  if (block.kind === "raw") return [];
  return block.kind === "paragraph" ? [block.content] : block.content.flatMap(linesOf);
}

function nodeOf(block: Block, schema: Schema): readonly Node[] {
  if (block.kind === "raw") return build(schema, "rawBlock", { html: block.html });
  const { kind, tag, style, rest } = block;
  const content =
    kind === "paragraph"
      ? block.content.flatMap((inline) => inlineNode(inline, schema))
      : block.content.flatMap((child) => nodeOf(child, schema));
  return build(schema, kind, { tag, style, rest }, content);
}

function inlineNode(inline: Inline, schema: Schema): readonly Node[] {
  if ("html" in inline) return build(schema, "raw", { html: inline.html, marks: inline.marks });
  return inline.text === "" ? [] : [schema.text(inline.text, marksOf(inline.marks ?? {}, schema))];
}

function marksOf(marks: Marks, schema: Schema): readonly Mark[] {
  return Object.entries(marks).flatMap(([name, attributes]) => {
    const type = schema.marks[name];
    // Marks of a parsed text always carry all their attributes.
    return type && typeof attributes === "object" ? [type.create(attributes as Record<string, unknown>)] : [];
  });
}

// biome-ignore lint/complexity/useMaxParams: the parts of one node, as ProseMirror's own `create` takes them
function build(
  schema: Schema,
  name: string,
  attributes: Record<string, unknown>,
  content: readonly Node[] = [],
): readonly Node[] {
  const type = schema.nodes[name];
  return type ? [type.create(attributes, [...content])] : [];
}
