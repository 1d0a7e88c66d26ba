import {
  addressesToFetch,
  type CheckAnswer,
  type CheckCategory,
  type CheckPorts,
  type CheckRequest,
  checkAnswer,
  checkCategories,
  checksFor,
  findCategory,
  type Medium,
  requireChecks,
  runChecks,
} from "@waggle/checks";
import { WaggleError } from "@waggle/contract";
import { renderHtml } from "@waggle/render/html";
import { applyChange, emptySnapshot, importPage, newElementId, type Snapshot } from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import type { Reachability } from "../reachability/reachability.ts";
import type { Clock } from "../rooms/clock.ts";
import type { AskedCheck } from "./check-routes.ts";

/** The template that page JSON describes. Throws INVALID_TEMPLATE. */
export function snapshotOfPage(page: unknown): Snapshot {
  return applyChange(emptySnapshot, importPage(page, { newId: newElementId, codec: htmlCodec }));
}

/** A template with one row. Throws INVALID_TEMPLATE, with pointers that begin at the row. */
export function snapshotOfRow(row: unknown): Snapshot {
  try {
    return snapshotOfPage({ page: { rows: [row ?? null] } });
  } catch (error) {
    if (!(error instanceof WaggleError) || error.code !== "INVALID_TEMPLATE") throw error;
    const inRow = (text: string): string => text.replaceAll("/page/rows/0", "/row");
    const { pointer } = error.data;
    throw new WaggleError("INVALID_TEMPLATE", {
      message: inRow(error.message),
      data: { ...error.data, ...(typeof pointer === "string" && { pointer: inRow(pointer) }) },
      cause: error,
    });
  }
}

export interface CheckJob {
  readonly medium: Medium;
  readonly snapshot: Snapshot;
  readonly languages?: readonly string[] | undefined;
  readonly checks?: readonly AskedCheck[] | undefined;
}

interface Surroundings {
  readonly clock: Pick<Clock, "now">;
  readonly reachability?: Reachability | undefined;
}

/** The name of the template's own language in requests and answers. */
export const ownLanguage = "default";

/** One answer for each language. Throws INVALID_INPUT for a check that there is not, or not for the medium. */
export async function answerChecks(job: CheckJob, { clock, reachability }: Surroundings): Promise<CheckAnswer[]> {
  const { medium, snapshot } = job;
  const categories = job.checks?.map(requestOf) ?? checksFor(medium);
  requireChecks(medium, categories);
  const languages = job.languages?.length ? [...new Set(job.languages)] : [ownLanguage];
  const { sanitise } = htmlCodec;
  const html: CheckPorts["html"] = (template, { beautified }) => renderHtml(template, { sanitise, beautified });
  const found = reachability ? await fetchFor({ snapshot, languages, categories }, reachability) : {};
  return languages.map((language) => {
    const reports = runChecks(snapshot, { medium, categories, ports: { html, ...found }, ...translation(language) });
    return checkAnswer(reports, { language, now: clock.now() });
  });
}

function requestOf({ category: name, limit, beautified, allowed_hosts: allowedHosts }: AskedCheck): CheckRequest {
  const category = findCategory(name);
  if (!category) {
    const message = `There is no check “${name}”. There are: ${checkCategories.join(", ")}.`;
    throw new WaggleError("INVALID_INPUT", { message, data: { category: name, allowed: checkCategories } });
  }
  return {
    category,
    ...(limit !== undefined && { limit }),
    ...(beautified !== undefined && { beautified }),
    ...(allowedHosts && { allowedHosts }),
  };
}

function translation(language: string): { readonly language?: string } {
  return language === ownLanguage ? {} : { language };
}

interface Wanted {
  readonly snapshot: Snapshot;
  readonly languages: readonly string[];
  readonly categories: readonly CheckRequest[];
}

/** What the checks that were asked for want to know of the web. */
async function fetchFor({ snapshot, languages, categories }: Wanted, web: Reachability): Promise<CheckPorts> {
  const isAsked = (wanted: CheckCategory): boolean => categories.some(({ category }) => category === wanted);
  const [needsLinks, needsPictures] = [isAsked("unreachableWebLink"), isAsked("overageImageWeight")];
  if (!needsLinks && !needsPictures) return {};
  const addresses = languages.map((language) => addressesToFetch(snapshot, translation(language)));
  const [links, pictures] = await Promise.all([
    needsLinks ? web.links(addresses.flatMap((each) => each.links)) : undefined,
    needsPictures ? web.pictures(addresses.flatMap((each) => each.pictures)) : undefined,
  ]);
  return { ...(links && { links }), ...(pictures && { pictures }) };
}
