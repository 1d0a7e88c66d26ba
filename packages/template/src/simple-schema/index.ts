export type { SimpleLoss } from "./losses.ts";
export type {
  SimpleColumn,
  SimpleDocument,
  SimpleMetadata,
  SimpleModule,
  SimpleRow,
  SimpleSettings,
} from "./schema.ts";
export { type RowToFullOptions, simpleRowToFull, simpleToFull, type ToFullOptions } from "./to-full.ts";
export { fullToSimple, type SimpleConversion, type ToSimpleOptions } from "./to-simple.ts";
export {
  checkSimple,
  requireSimple,
  requireSimpleRow,
  type SimpleProblem,
  type SimpleSchemaName,
} from "./validate.ts";
