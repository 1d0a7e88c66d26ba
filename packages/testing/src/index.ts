export { forEachSeed, isReplay } from "./cases.ts";
export {
  addRow,
  countingIds,
  type DocumentShape,
  layouts,
  type NewRow,
  randomDocument,
  randomModule,
} from "./documents.ts";
export { FakeClock } from "./fake-clock.ts";
export { Random } from "./random.ts";
export { randomStep, type StepTools } from "./steps.ts";
export { randomRewrite, randomText, randomTyping, randomWords, runsBetween, type TextShape } from "./texts.ts";
