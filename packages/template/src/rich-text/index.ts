export type {
  Ancestor,
  Block,
  BlockMark,
  Container,
  ContainerKind,
  Frame,
  Inline,
  InlineHtml,
  InlineText,
  Paragraph,
  RawBlock,
} from "./blocks.ts";
export { canonicalText, fromBlocks, toBlocks } from "./linear.ts";
export {
  type AttributeDefaults,
  completeMarks,
  type MarkName,
  markAttributes,
  markNames,
  markProperties,
  markTags,
  type NodeName,
  nodeAttributes,
  nodeTags,
} from "./marks.ts";
export { type Attribute, readAttributes, readStartTag } from "./start-tag.ts";
export { findTemplateTags, type TemplateTag } from "./template-tags.ts";
export type { TextCodec } from "./text-codec.ts";
export { toHtml } from "./to-html.ts";
