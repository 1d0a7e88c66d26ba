import type { Json } from "@waggle/template";
import { type Check, everywhere, type Facts, type LinkState } from "../check.ts";
import { hostOf, kindOfAddress } from "../seen/addresses.ts";
import type { Reading } from "../seen/reading.ts";
import type { SeenLink } from "../seen/seen.ts";

export const unreachableWebLink: Check = {
  category: "unreachableWebLink",
  severity: "warning",
  title: "Broken links",
  finds:
    "Web links that do not answer, or with an error. Needs the server's fetcher, which is off unless it is switched on. `passed`, `redirected` and `ignored` list the other links; ignored ones say why: `urlValidation` (no web address), `notApplicable` (a merge tag, mail or phone), `allowList` (a host of `allowed_hosts`), `missingChecked` (nobody could look, or the site does not answer programs).",
  fix: "Correct the address where it stands: `href` of `update_button` and `update_image`, or the link in the HTML of a text.",
  media: everywhere,
  run: (reading, { allowedHosts = [], ports }) => {
    const sorted: Record<Fate, SeenLink[]> = { target: [], passed: [], redirected: [], ignored: [] };
    const verdicts = new Map<SeenLink, Verdict>();
    const allowed = new Set(allowedHosts.map((host) => host.trim().toLowerCase()));
    for (const link of linksOf(reading)) {
      const verdict = judge(link, { allowed, states: ports.links });
      verdicts.set(link, verdict);
      sorted[verdict.fate].push(link);
    }
    const list = (fate: Fate): readonly Json[] =>
      sorted[fate].map((link) => linkTarget(reading, link, verdicts.get(link)?.facts ?? {}));
    return {
      findings: sorted.target.map((link) => finding(reading, link, verdicts.get(link)?.reason ?? "")),
      facts: {
        passed: list("passed"),
        ignored: list("ignored"),
        redirected: list("redirected"),
        processed: ports.links !== undefined,
      },
    };
  },
};

type Fate = "target" | "passed" | "redirected" | "ignored";

interface Verdict {
  readonly fate: Fate;
  readonly facts?: Facts;
  readonly reason?: string;
}

/** Each address of a module once. */
export function linksOf({ seen }: Reading): readonly SeenLink[] {
  const found = new Map<string, SeenLink>();
  for (const link of seen.links) {
    const key = `${link.elementId} ${link.href.trim()}`;
    if (!found.has(key)) found.set(key, link);
  }
  return [...found.values()].filter(({ href }) => kindOfAddress(href) !== "missing");
}

interface Known {
  readonly allowed: ReadonlySet<string>;
  readonly states: ReadonlyMap<string, LinkState> | undefined;
}

const ignored = (reason: string): Verdict => ({ fate: "ignored", facts: { reasons: [reason] } });

function judge({ href }: SeenLink, { allowed, states }: Known): Verdict {
  const url = href.trim();
  const kind = kindOfAddress(url);
  if (kind === "unreadable") return ignored("urlValidation");
  if (kind !== "web") return ignored("notApplicable");
  const host = hostOf(url);
  if ([...allowed].some((each) => host === each || host.endsWith(`.${each}`))) return ignored("allowList");
  const known = states?.get(url);
  if (!known) return ignored("missingChecked");
  if (known.state === "unknown")
    return { fate: "ignored", facts: { reasons: ["missingChecked"], detail: known.reason } };
  if (known.state === "unreached") return { fate: "target", reason: known.reason };
  const { redirectedTo } = known;
  return redirectedTo === undefined ? { fate: "passed" } : { fate: "redirected", facts: { redirectedTo } };
}

function finding(reading: Reading, { elementId, href, text }: SeenLink, reason: string) {
  return {
    element: reading.element(elementId, { label: text.trim() }),
    message: `The link ${href.trim()} is broken: ${reason}.`,
    fix: `Correct the address: href of update_button or update_image with elementId "${elementId}", or the link in its HTML.`,
    data: { checkedElement: href.trim() },
  };
}

function linkTarget(reading: Reading, { elementId, href, text }: SeenLink, facts: Facts): Json {
  const { widgetType, label, isLocked, isSynced, moduleIndex } = reading.element(elementId, { label: text.trim() });
  return {
    checkedElement: href.trim(),
    locked: isLocked,
    synced: isSynced,
    uuid: elementId,
    widgetLabel: label,
    widgetType,
    moduleIndex,
    ...facts,
  };
}
