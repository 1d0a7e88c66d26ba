import { checks } from "./catalogue.ts";
import { checkCategories, type Medium } from "./categories.ts";
import type { Check } from "./check.ts";

const opening = `# Checks

Generated from the catalogue in \`packages/checks\`; do not edit by hand.

What a template is checked for, by \`POST /v1/message/check\`, \`/v1/page/check\` and \`/v1/row/check\`. A **warning** costs readers
something; a **suggestion** would make a good e-mail better. Elements hidden on every screen are left out. A finding names the
module by its uuid and says what to do, in \`message\` and \`fix\`.`;

/** The reference page of the checks, in Markdown. */
export function checksReference(): string {
  const all = checkCategories.map((category) => checks[category]);
  const rows = all.map(
    (check) =>
      `| [\`${check.category}\`](#${check.category.toLowerCase()}) | ${check.severity} | ${check.media.map(nameOf).join(", ")} | ${limitOf(check)} |`,
  );
  const table = ["| check | severity | for | limit |", "|---|---|---|---|", ...rows].join("\n");
  return `${[opening, table, ...all.map(describe)].join("\n\n")}\n`;
}

function describe({ category, title, finds, fix }: Check): string {
  return [`## ${category}`, `${title}. ${finds}`, `**To mend it:** ${fix}`].join("\n\n");
}

const names: Readonly<Record<Medium, string>> = { message: "e-mail", page: "page", row: "row" };
const nameOf = (medium: Medium): string => names[medium];

function limitOf({ limit, media }: Check): string {
  if (!limit) return "";
  const values = new Set(media.map((medium) => limit.of[medium]));
  if (values.size === 1) return `${[...values].join()} ${limit.unit}`;
  return media.map((medium) => `${limit.of[medium]} ${limit.unit} (${nameOf(medium)})`).join(", ");
}
