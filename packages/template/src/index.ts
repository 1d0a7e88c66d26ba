export {
  cellBetween,
  compose,
  creates,
  diff,
  invert,
  isEmpty,
  isTextCell,
  purges,
  trashes,
} from "./change-set/algebra.ts";
export { type CompactableEntry, type CompactedEntry, type CompactOptions, compactLog } from "./change-set/compact.ts";
export { describeChange, type ElementSentence } from "./change-set/describe.ts";
export { type DiffOptions, type DiffUnit, diffText } from "./change-set/diff-text.ts";
export { editInPieces, type TextPiece } from "./change-set/edit-in-pieces.ts";
export { purgeOperation } from "./change-set/purged.ts";
export { type Rebased, type RebaseOptions, rebase } from "./change-set/rebase.ts";
export { restore } from "./change-set/restore.ts";
export {
  excludedBy,
  type LogEntry,
  type RevertChoice,
  type Reverted,
  type RevertPlan,
  revert,
  without,
} from "./change-set/revert.ts";
export { purgesToTrash } from "./change-set/settle.ts";
export {
  applyDelta,
  type ComposeOptions,
  composeDeltas,
  invertDelta,
  overlaps,
  plainText,
  type TransformOptions,
  transformDelta,
} from "./change-set/text-delta.ts";
export type {
  Cell,
  ChangeSet,
  Conflict,
  MarkChange,
  NodeChange,
  TextCell,
  TextDelta,
  TextOp,
  ValueCell,
} from "./change-set/types.ts";
export { compareSnapshots, type ElementDifference, type PropertyDifference } from "./comparison/compare.ts";
export { fillsRow, gridColumns, gridColumnsKey, gridColumnsOf } from "./document/grid.ts";
export {
  type ElementId,
  type ElementKind,
  kindOf,
  type NodeData,
  type NodeKind,
  type Position,
  parentOf,
  positionOf,
  rootId,
  settingsId,
  trashId,
} from "./document/node.ts";
export {
  applyChange,
  canonicalJson,
  childrenOf,
  emptySnapshot,
  isVisible,
  parentKinds,
  type Snapshot,
  snapshotOf,
  type WalkStep,
  walk,
} from "./document/snapshot.ts";
export { Table } from "./document/table.ts";
export {
  atom,
  blockEnd,
  equalValues,
  isRichText,
  type Json,
  lineBreak,
  type Marks,
  type RichText,
  type Run,
  type Value,
} from "./document/value.ts";
export { Draft, type NewElement, type Place } from "./draft/draft.ts";
export {
  isTextKey,
  labelOf,
  type ModuleType,
  type ModuleTypeInfo,
  moduleTypeName,
  moduleTypeOf,
  moduleTypes,
  parseModuleType,
  textKeyOf,
  textKeysOf,
  translationLanguage,
} from "./modules/module-types.ts";
export { propertyLabel } from "./modules/property-labels.ts";
export { tableKey } from "./modules/table-key.ts";
export { pageLimits } from "./page-json/check-json.ts";
export { type ExportOptions, exportPage, exportRow, propertyJson } from "./page-json/export-page.ts";
export { type ImportOptions, importPage, importRow } from "./page-json/import-page.ts";
export { newElementId } from "./page-json/new-element-id.ts";
export type { JsonObject } from "./page-json/pointer.ts";
export { emailToPage, type LeftOut, pageToEmail, type Repurposed } from "./page-json/purpose.ts";
export {
  type MergedRows,
  type MergeRowsInput,
  type MergeRowsOptions,
  mergeIndex,
  mergeRows,
  type SavedRowPlace,
  syncedRows,
} from "./page-json/saved-rows.ts";
export {
  findProperty,
  type PropertyOwner,
  placesOf,
  propertiesFor,
  propertiesOf,
  propertyOwners,
} from "./properties/properties-of.ts";
export type { Output, Property, PropertyRole, PropertyValue } from "./properties/property.ts";
export {
  resetStyle,
  type StyleChoice,
  type StyleDevice,
  type StyleSetting,
  setStyle,
  setVisibility,
  type VisibilitySetting,
} from "./properties/set-style.ts";
export { allowedValues } from "./properties/stored-value.ts";
export { changeColumns } from "./rearrange/column-structure.ts";
export { columnsIn, shareWidth } from "./rearrange/column-widths.ts";
export type { NewId } from "./rearrange/copy.ts";
export { duplicateElement } from "./rearrange/duplicate.ts";
export { moveElement } from "./rearrange/move.ts";
export { wrapInRow } from "./rearrange/wrap.ts";
export { allowList } from "./rich-text/allow-list.ts";
export type {
  Ancestor,
  Block,
  BlockMark,
  Container,
  Frame,
  Inline,
  InlineHtml,
  InlineText,
  Paragraph,
  RawBlock,
} from "./rich-text/blocks.ts";
export { attribute, escapeText } from "./rich-text/escape.ts";
export { canonicalText, fromBlocks, toBlocks } from "./rich-text/linear.ts";
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
} from "./rich-text/marks.ts";
export { type ElementFate, fateOf, isSafeUrl, safeAttribute, safeStyle } from "./rich-text/safety.ts";
export { type Attribute, readAttributes, readStartTag } from "./rich-text/start-tag.ts";
export {
  cellHtml,
  type TableCell,
  type TableContent,
  type TableRow,
  tableOf,
} from "./rich-text/table-blocks.ts";
export { findTemplateTags, type TemplateTag } from "./rich-text/template-tags.ts";
export type { SanitiseOptions, TextCodec } from "./rich-text/text-codec.ts";
export { toHtml } from "./rich-text/to-html.ts";
export { writeTable } from "./rich-text/write-table.ts";
