import { editOperations } from "./edit/index.ts";
import { inspectOperations } from "./inspect/index.ts";

/** The whole catalogue, in the order tools are listed. */
export const operations = [...inspectOperations, ...editOperations] as const;
