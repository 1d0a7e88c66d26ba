import { standardEditOperations } from "./edit/index.ts";
import { checkOperations, inspectOperations } from "./inspect/index.ts";

/** The whole catalogue, in the order tools are listed. `extraOperations` are listed where a host turns them on. */
export const operations = [...inspectOperations, ...standardEditOperations, ...checkOperations] as const;
