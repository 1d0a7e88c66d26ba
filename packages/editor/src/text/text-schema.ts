import {
  type AttributeDefaults,
  type MarkName,
  markAttributes,
  markNames,
  markProperties,
  markTags,
  type NodeName,
  nodeAttributes,
  nodeTags,
} from "@waggle/template";
import {
  type AttributeSpec,
  type DOMOutputSpec,
  type Mark,
  type MarkSpec,
  type Node,
  type NodeSpec,
  Schema,
} from "prosemirror-model";
import { visibleAttributes, visibleStartTag } from "./safe-attributes.ts";

/**
 * The one schema of every text, made from the tables of the template. All content is `*`, never `+`: an emptied list
 * item would make the binding delete the whole list. Rules of module types are keymaps, for a document that does not
 * fit the schema is deleted, for everyone. Nothing is parsed from HTML here: pasting goes through the template's codec,
 * and a rule for `style` would add marks to the text with every key pressed.
 */
export const textSchema: Schema = new Schema({ nodes: nodeSpecs(), marks: markSpecs() });

/**
 * The schema of one cell of a table. A cell is an element in Yjs and not a whole text, and the binding writes the attributes of
 * what it is bound to: so these are what a document of this schema begins with.
 */
export function cellSchema(attributes: Readonly<Record<string, unknown>>): Schema {
  const { doc: _doc, box, ...nodes } = nodeSpecs();
  const attrs = Object.fromEntries(
    Object.entries(nodeAttributes.box).map(([name, fallback]) => [name, { default: attributes[name] ?? fallback }]),
  );
  return new Schema({ nodes: { ...nodes, box: { ...box, attrs } }, marks: markSpecs(), topNode: "box" });
}

function nodeSpecs(): Record<string, NodeSpec> {
  return {
    doc: { content: "block*" },
    paragraph: {
      ...attributesOf("paragraph"),
      content: "inline*",
      group: "block",
      whitespace: "pre",
      parseDOM: [...nodeTags.paragraph].filter((tag) => tag !== "").map((tag) => ({ tag, attrs: { tag } })),
      toDOM: (node) => elementDom(tagOf(node) || "div", node),
    },
    list: container("list", { content: "item*", group: "block" }),
    item: container("item", { content: "block*" }),
    box: container("box", { content: "block*", group: "block" }),
    rawBlock: { ...attributesOf("rawBlock"), group: "block", atom: true, toDOM: () => rawDom("div") },
    raw: { ...attributesOf("raw"), group: "inline", inline: true, atom: true, toDOM: () => rawDom("span") },
    text: { group: "inline" },
  };
}

function container(name: "list" | "item" | "box", spec: NodeSpec): NodeSpec {
  return {
    ...attributesOf(name),
    ...spec,
    toDOM: (node) => elementDom(nodeTags[name].has(tagOf(node)) ? tagOf(node) : "div", node),
  };
}

function elementDom(tag: string, node: Node): DOMOutputSpec {
  return [tag, visibleAttributes(tag, node.attrs), 0];
}

function rawDom(tag: string): DOMOutputSpec {
  return [tag, { "data-raw": "", contenteditable: "false" }, "HTML"];
}

function markSpecs(): Record<string, MarkSpec> {
  return Object.fromEntries(markNames.map((name) => [name, markSpec(name)]));
}

function markSpec(name: MarkName): MarkSpec {
  const attrs = specsOf(markAttributes[name]);
  if (name === "link") return { attrs, inclusive: false, toDOM: linkDom };
  if (isProperty(name)) return { attrs, toDOM: (mark) => propertyDom(markProperties[name], mark) };
  const usual = isEmphasis(name) ? markTags[name] : "span";
  const parseDOM = isEmphasis(name) ? [{ tag: usual }] : [];
  return { attrs, parseDOM, toDOM: (mark) => [...visibleStartTag(mark.attrs.as ?? usual), 0] };
}

// ProseMirror sets styles through the object model, so a strict style policy allows them.
function propertyDom(property: string, mark: Mark): DOMOutputSpec {
  return ["span", visibleAttributes("span", { style: `${property}: ${mark.attrs.v}` }), 0];
}

/** The canvas keeps links from leading anywhere. */
function linkDom(mark: Mark): DOMOutputSpec {
  return ["a", visibleAttributes("a", mark.attrs), 0];
}

function attributesOf(name: NodeName): { attrs: Record<string, AttributeSpec> } {
  return { attrs: specsOf(nodeAttributes[name]) };
}

function specsOf(defaults: AttributeDefaults): Record<string, AttributeSpec> {
  return Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, { default: value }]));
}

function tagOf(node: Node): string {
  return String(node.attrs.tag ?? "");
}

function isProperty(name: MarkName): name is keyof typeof markProperties {
  return Object.hasOwn(markProperties, name);
}

function isEmphasis(name: MarkName): name is keyof typeof markTags {
  return Object.hasOwn(markTags, name);
}
