import { getContentHierarchy } from "./get-content-hierarchy.ts";
import { getElementDetails } from "./get-element-details.ts";

export { getContentHierarchy, getElementDetails };

/** Every operation that only reads. */
export const inspectOperations = [getContentHierarchy, getElementDetails] as const;
