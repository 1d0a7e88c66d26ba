import type { SQLInputValue, SQLOutputValue } from "node:sqlite";

/** One statement for the database thread. */
export interface StatementRequest {
  readonly ticket: number;
  readonly sql: string;
  readonly parameters: SQLInputValue[];
  /** May share a transaction with its neighbours: the thread takes all that have arrived and commits once. */
  readonly grouped: boolean;
}

/** Statements in the order in which they were asked for. */
export type ThreadRequest = readonly StatementRequest[] | "close";

export interface FailedStatement {
  readonly ticket: number;
  readonly failure: Error;
  /** The statement was right; the disk is full, read-only or broken. */
  readonly isDisk: boolean;
}

export type StatementAnswer =
  | { readonly ticket: number; readonly rows: Record<string, SQLOutputValue>[]; readonly changes: number }
  | FailedStatement;

/** Whether the file was looked through before it was opened; a large one is left for later. */
export interface Opened {
  readonly isChecked: boolean;
}

/** Why the file was not opened. */
export type OpenRefusal = "in-use" | "not-a-database" | "damaged" | "disk" | "unknown";

export interface NotOpened {
  readonly refusal: OpenRefusal;
  readonly failure: Error;
}

/** What the thread posts: once whether the file is open, then answers of one commit at a time. */
export type ThreadMessage = Opened | NotOpened | StatementAnswer[];
