import { type Check, wholeDocuments } from "../check.ts";
import { languagePointers } from "../language.ts";
import { textAt } from "../seen/json.ts";

export const missingMainLanguage: Check = {
  category: "missingMainLanguage",
  severity: "warning",
  title: "Language",
  finds:
    "A document that does not say what language it is in. Screen readers then speak it as if it were the listener's own.",
  fix: "Name it: `set_email_metadata` with `language`, such as `en` or `pt-BR`.",
  media: wholeDocuments,
  run: ({ settings }) => {
    if (textAt(settings, ...languagePointers) !== "") return { findings: [] };
    const message = "It does not say what language it is in: screen readers may speak it wrongly.";
    const fix = "Name the language: set_email_metadata with language, such as en or pt-BR.";
    return { findings: [{ message, fix, data: { detailType: "no-main-language" } }] };
  },
};
