import { changeCount } from "../words.ts";

/** What the history says. */
export const historyWords = {
  title: "History",
  list: "History entries",
  close: "Close history",
  youAreHere: "You are here",
  emptyTitle: "No steps yet",
  empty: "Every edit and every session lands here.",
  today: "Today",
  yesterday: "Yesterday",
  session: (names: string) => (names === "" ? "Session" : `Session with ${names}`),
  oneUndo: (count: number) => `${changeCount(count)}, one undo`,
  more: (count: number) => `${count} more`,
  tookBack: (names: string) => (names === "" ? "Took back agents’ work" : `Took back work by ${names}`),
  takenBack: (count: number) => `${changeCount(count)}, your own stay`,
  undoSession: "Undo this session",
  undoStep: "Undo last step",
  redoSession: "Redo session",
  redoStep: "Redo",
  incomplete: "The server was out of reach at the end. Late changes may be missing.",
} as const;
