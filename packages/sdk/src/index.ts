export { createBee } from "./bee.ts";
export type {
  Bee,
  BeeConfig,
  BeeEventName,
  BeeEvents,
  BeeStatus,
  ChangeEvent,
  History,
  HistoryChange,
  HistoryEntry,
  Person,
  SessionStatus,
  TokenGrant,
  UndoOptions,
  UndoResult,
} from "./bee-types.ts";
export { type Clock, systemClock } from "./clock.ts";
