import type { Check, Outcome } from "../check.ts";
import { textAt } from "../seen/json.ts";
import type { Reading } from "../seen/reading.ts";

const meta = "/page/head/meta";

interface Detail {
  readonly pointers: readonly string[];
  readonly message: string;
  readonly fix: string;
}

const emailDetails: Readonly<Record<string, Detail>> = {
  subject: {
    pointers: [`${meta}/subject`],
    message: "The e-mail has no subject.",
    fix: "Write one, best under 50 characters: set_email_metadata with subject.",
  },
  preheader: {
    pointers: [`${meta}/preheader`],
    message: "The e-mail has no preheader: inboxes show the first words of the body after the subject.",
    fix: "Write 40 to 100 characters that go on from the subject: set_email_metadata with preheader.",
  },
};

const pageDetails: Readonly<Record<string, Detail>> = {
  title: {
    pointers: [`${meta}/title`, "/page/title"],
    message: "The page has no title: browsers and search engines show its address instead.",
    fix: "Write one: set_email_metadata with title.",
  },
  description: {
    pointers: [`${meta}/description`, "/page/description"],
    message: "The page has no description: search engines show what they pick from the text.",
    fix: "Say in a sentence or two what it is about: set_email_metadata with description.",
  },
};

export const missingDetailsEmail: Check = {
  category: "missingDetailsEmail",
  severity: "suggestion",
  title: "Subject and preheader",
  finds: "An e-mail without a subject or a preheader.",
  fix: "Write them: `set_email_metadata` with `subject` and `preheader`.",
  media: ["message"],
  run: (reading) => missing(reading, emailDetails),
};

export const missingDetailsPage: Check = {
  category: "missingDetailsPage",
  severity: "suggestion",
  title: "Title and description",
  finds: "A page without a title or a description.",
  fix: "Write them: `set_email_metadata` with `title` and `description`.",
  media: ["page"],
  run: (reading) => missing(reading, pageDetails),
};

function missing(reading: Reading, details: Readonly<Record<string, Detail>>): Outcome {
  const absent = Object.entries(details).filter(([, { pointers }]) => textAt(reading.settings, ...pointers) === "");
  return { findings: absent.map(([detailType, { message, fix }]) => ({ message, fix, data: { detailType } })) };
}
