import { kindOf } from "@waggle/template";
import { type Check, inKb } from "../check.ts";
import type { Reading } from "../seen/reading.ts";

const gmailClipsAtKb = 102;

export const overageHtmlWeight: Check = {
  category: "overageHtmlWeight",
  severity: "warning",
  title: "Weight of the HTML",
  finds:
    "An e-mail whose HTML is larger than the limit. Gmail cuts off what comes after 102 KB, tracking and the link to unsubscribe among it. `beautified` (true unless said otherwise) measures it with line breaks. 1 KB is 1,024 bytes.",
  fix: "Take out rows, embedded pictures or markup pasted from elsewhere; split it into two e-mails.",
  media: ["message"],
  limit: { unit: "KB", of: { message: 80, page: 80, row: 80 } },
  run: (reading, { limit, beautified = true, ports }) => {
    const displayConditions = hasDisplayConditions(reading);
    if (!ports.html) return { findings: [], facts: { maxWeight: null, displayConditions, processed: false } };
    const weight = inKb(utf8Length(ports.html(reading.snapshot, { beautified })));
    const facts = { maxWeight: weight, displayConditions, processed: true };
    return { findings: weight > limit ? [finding({ weight, limit, beautified })] : [], facts };
  },
};

function finding({ weight, limit, beautified }: { weight: number; limit: number; beautified: boolean }) {
  const isClipped = weight > gmailClipsAtKb;
  return {
    message: `The HTML has ${weight} KB: ${isClipped ? "Gmail cuts off its end" : `from ${gmailClipsAtKb} KB on Gmail cuts off the end`}.`,
    fix: `Bring it under ${limit} KB: delete_element for rows that can go; take out embedded pictures and markup pasted from elsewhere.`,
    data: { weight, beautified },
  };
}

/** Rows that not everyone gets: then the weight is that of all of them together. */
function hasDisplayConditions({ snapshot }: Reading): boolean {
  for (const [, node] of snapshot.nodes.entries()) {
    if (kindOf(node) !== "row") continue;
    if (Object.keys(node).some((key) => /\/display-?condition\/(?:before|after)$/i.test(key) && node[key] !== ""))
      return true;
  }
  return false;
}

/** Bytes of a text in UTF-8; counted here because browsers and servers share no encoder that this package may name. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const point = text.codePointAt(at) ?? 0;
    bytes += point > 0xffff ? 4 : point > 0x7ff ? 3 : point > 0x7f ? 2 : 1;
    if (point > 0xffff) at += 1;
  }
  return bytes;
}
