import type { SQLInputValue, SQLOutputValue } from "node:sqlite";

/** One statement for the database thread. */
export interface StatementRequest {
  readonly ticket: number;
  readonly sql: string;
  readonly parameters: SQLInputValue[];
  /** May share a transaction with its neighbours: the thread takes all that have arrived and commits once. */
  readonly grouped: boolean;
}

export type ThreadRequest = StatementRequest | "close";

export type StatementAnswer =
  | { readonly ticket: number; readonly rows: Record<string, SQLOutputValue>[]; readonly changes: number }
  | { readonly ticket: number; readonly failure: Error };

/** What the thread posts: `ready` once when the file is open and sound, then answers of one commit at a time. */
export type ThreadMessage = "ready" | StatementAnswer[];
