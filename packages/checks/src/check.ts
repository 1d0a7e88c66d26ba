import type { Json, Snapshot } from "@waggle/template";
import type { CheckCategory, Medium } from "./categories.ts";
import type { FoundElement, Reading } from "./seen/reading.ts";

/** A warning costs readers something; a suggestion would make a good e-mail better. */
export type Severity = "warning" | "suggestion";

export type Facts = Readonly<Record<string, Json>>;

/** One thing to mend. */
export interface Finding {
  readonly category: CheckCategory;
  readonly severity: Severity;
  /** Where it is; absent when it is about the document as a whole. */
  readonly element?: FoundElement;
  /** What is wrong, in words for people. */
  readonly message: string;
  /** What to do about it, naming the tool and its argument. */
  readonly fix: string;
  /** Facts by their names in the contract: `detailType`, `weight`, `colors`, … */
  readonly data: Facts;
}

/** What is known of a picture somewhere else. */
export type PictureWeight = { readonly bytes: number } | { readonly failed: string };

/** What became of following a link. */
export type LinkState =
  | { readonly state: "reached"; readonly redirectedTo?: string }
  | { readonly state: "unreached"; readonly reason: string }
  | { readonly state: "unknown"; readonly reason: string };

/** What a check can't find out from the template. Without it, checks say what they could not judge. */
export interface CheckPorts {
  /** The HTML of a template, as it is sent or with line breaks for people. */
  readonly html?: (template: Snapshot, options: { readonly beautified: boolean }) => string;
  /** By address; see `addressesToFetch`. */
  readonly pictures?: ReadonlyMap<string, PictureWeight>;
  readonly links?: ReadonlyMap<string, LinkState>;
}

/** What a request says of one check. */
export interface CheckRequest {
  readonly category: CheckCategory;
  /** In the unit of the check: KB, pixels, or a count. */
  readonly limit?: number;
  /** Of `overageHtmlWeight`: whether the HTML is measured with line breaks. */
  readonly beautified?: boolean;
  /** Of `unreachableWebLink`: hosts whose links are taken to work. */
  readonly allowedHosts?: readonly string[];
}

export interface CheckSettings extends Omit<CheckRequest, "limit"> {
  readonly medium: Medium;
  /** What was asked for, or the check's own; 0 where a check has none. */
  readonly limit: number;
  readonly ports: CheckPorts;
}

export interface Outcome {
  readonly findings: readonly Omit<Finding, "category" | "severity">[];
  /** What belongs to the check as a whole: counts, limits, what could not be judged. */
  readonly facts?: Facts;
}

/** A check: what it is called, where it holds, and how it looks at a template. */
export interface Check {
  readonly category: CheckCategory;
  readonly severity: Severity;
  /** For people: "Pictures without alt text". */
  readonly title: string;
  /** What it finds, for the reference. */
  readonly finds: string;
  /** How to mend it, for the reference. */
  readonly fix: string;
  readonly media: readonly Medium[];
  readonly limit?: { readonly unit: string; readonly of: Readonly<Record<Medium, number>> };
  readonly run: (reading: Reading, settings: CheckSettings) => Outcome;
}

export const everywhere: readonly Medium[] = ["message", "page", "row"];
export const wholeDocuments: readonly Medium[] = ["message", "page"];

/** Bytes of a KB, as mail programs count. */
export const bytesPerKb = 1024;

/** KB with two decimals. */
export function inKb(bytes: number): number {
  return Math.round((bytes / bytesPerKb) * 100) / 100;
}
