export { createBee } from "./bee.ts";
export type {
  Bee,
  BeeConfig,
  BeeEventName,
  BeeEvents,
  BeeStatus,
  ChangeDetail,
  ChangeEvent,
  History,
  HistoryChange,
  HistoryEntry,
  McpSessionOptions,
  Person,
  SessionStatus,
  SharedSessionChange,
  SharedSessionStarted,
  TemplateFile,
  TokenGrant,
  UndoOptions,
  UndoResult,
} from "./bee-types.ts";
export { type Clock, systemClock } from "./clock.ts";
export type { JsonPatchOperation } from "./patches/page-patch.ts";
