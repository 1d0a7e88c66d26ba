export { type AnswerOptions, type CheckAnswer, type CheckEntry, type CheckTarget, checkAnswer } from "./answer.ts";
export { checks } from "./catalogue.ts";
export { type CheckCategory, checkCategories, findCategory, type Medium } from "./categories.ts";
export type {
  Check,
  CheckPorts,
  CheckRequest,
  CheckSettings,
  Facts,
  Finding,
  LinkState,
  Outcome,
  PictureWeight,
  Severity,
} from "./check.ts";
export { checksReference } from "./reference.ts";
export {
  type AddressesToFetch,
  addressesToFetch,
  type CheckOptions,
  type CheckReport,
  checksFor,
  requireChecks,
  runChecks,
} from "./run-checks.ts";
export type { FoundElement, Reading } from "./seen/reading.ts";
