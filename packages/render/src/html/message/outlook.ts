import type { Wrapping } from "../../tree.ts";
import { attributeText } from "../escape.ts";
import { outlookComment } from "../pieces.ts";

/** Markup that only Outlook reads; nothing when it would end the comment it has to stand in. */
export function forOutlook(markup: string): string {
  return endsComment.test(markup) ? "" : outlookComment(markup);
}

/** Markup for Outlook on both sides of something, on neither when one of them can't stand there. */
export function outlookAround(before: string, after: string): Wrapping | undefined {
  return endsComment.test(before + after) ? undefined : { before, after, isForOutlook: true };
}

/** What all but Outlook read. Conditions don't nest, so nothing for Outlook may stand inside. */
export const notForOutlook: Wrapping = { before: "<!--[if !mso]><!-->", after: "<!--<![endif]-->" };

const endsComment = /--!?>|<!/;

/** The start tag of an element that Outlook reads. Attributes without a value are left out. */
export function outlookTag(name: string, attributes: Readonly<Record<string, string | undefined>>): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [attributeText(key, value)],
  );
  return `<${[name, ...written].join(" ")}>`;
}

/** A table of one line, whose cells stand where other clients put things beside each other by themselves. */
export const ghostTable = '<table cellpadding="0" cellspacing="0" role="presentation"><tr>';
export const ghostTableEnd = "</tr></table>";

/** Puts both around, which are for Outlook: the first one outside. */
export function nested(outer: Wrapping | undefined, inner: Wrapping | undefined): Wrapping | undefined {
  if (!outer || !inner) return outer ?? inner;
  return { before: outer.before + inner.before, after: inner.after + outer.after, isForOutlook: true };
}
