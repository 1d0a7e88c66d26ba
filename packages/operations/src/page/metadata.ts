import * as z from "zod/mini";
import { type Format, field } from "../fields/field.ts";
import { plainLine, plainText } from "../fields/plain-text.ts";

const meta = "/page/head/meta";

const languageTag: Format<string> = {
  ...plainLine(35),
  schema: z.string().check(z.regex(/^[a-z]{2,3}(-[a-z\d]{2,8}){0,3}$/i, "has to be a language, like en or pt-BR")),
};

/** What mail programs show of an e-mail besides its body, and what its document says of itself. */
export const metadataFields = {
  subject: field({
    format: plainLine(300),
    pointers: [`${meta}/subject`],
    description: "Subject line, best under 50 characters. Merge tags stay.",
  }),
  preheader: field({
    format: plainLine(500),
    pointers: [`${meta}/preheader`],
    description: "The line after the subject in the inbox, 40 to 100 characters that go on from it.",
  }),
  language: field({
    format: languageTag,
    pointers: [`${meta}/lang`],
    description: "Language of the text, like en or pt-BR; screen readers speak it.",
  }),
  title: field({
    format: plainLine(300),
    pointers: ["/page/title"],
    description: "Title of the document, for browsers that show it.",
  }),
  description: field({
    format: plainText(1000),
    pointers: ["/page/description"],
    description: "What it is about, for those who edit it.",
  }),
};

/** Where some templates say the same once more, by the pointer it is said at first. */
export const metadataEchoes: Readonly<Record<string, string>> = {
  "/page/title": `${meta}/title`,
  "/page/description": `${meta}/description`,
};
