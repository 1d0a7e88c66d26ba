import { checkSection } from "./check-section.ts";
import { checkTemplate } from "./check-template.ts";
import { getContentHierarchy } from "./get-content-hierarchy.ts";
import { getElementDetails } from "./get-element-details.ts";

export { checkSection, checkTemplate, getContentHierarchy, getElementDetails };

/** Every operation that only reads. */
export const inspectOperations = [getContentHierarchy, getElementDetails] as const;

/** Every operation that looks for what is to mend. */
export const checkOperations = [checkTemplate, checkSection] as const;
