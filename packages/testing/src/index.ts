export { forEachSeed, Tally } from "./cases.ts";
export { type ChangeTools, randomChange } from "./changes.ts";
export { type Comparison, compareToVerdict, type Judgement } from "./compare-to-verdict.ts";
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
export { agents, History, type HistoryShape, people, randomHistory } from "./history.ts";
export { mutateJson } from "./mutations.ts";
export { randomDescriptor } from "./page-modules.ts";
export { randomCss, randomHtml, randomSides, randomUrl } from "./page-values.ts";
export { allModuleTypes, type PageShape, randomPage, randomRow } from "./pages.ts";
export { Random } from "./random.ts";
export { judgeWithout, type Side, type Verdict } from "./revert-judge.ts";
export { randomSimple, randomSimpleRow } from "./simple-documents.ts";
export { randomStep, type StepTools } from "./steps.ts";
export { randomList, randomRestructure, randomTable } from "./structured-texts.ts";
export { type TextConstruct, type TextVerdict, textConstructs } from "./text-constructs.ts";
export { randomRewrite, randomText, randomTyping, randomWords, runsBetween, type TextShape } from "./texts.ts";
