import * as z from "zod/mini";

/** The names models give the argument by themselves. */
const aliases = ["code", "typescript"];

/** The arguments of `execute`. Aliases are taken, and not shown. */
export const executeInput = z.pipe(
  z.transform((input: unknown) => withoutAlias(input)),
  z.strictObject({
    script: z.string().check(z.minLength(1), z.describe("The body of an async function, in TypeScript.")),
  }),
);

const finding = z.strictObject({ category: z.string(), elementId: z.optional(z.string()), message: z.string() });

/** The answer of a script that was carried out. */
export const executeOutput = z.strictObject({
  result: z.optional(z.unknown().check(z.describe("What the script returned."))),
  resultCut: z.optional(z.string().check(z.describe("The start of its JSON, where it was too long."))),
  calls: z.number(),
  changedElements: z.number(),
  log: z.optional(z.string()),
  check: z.optional(z.array(finding).check(z.describe("What bee.check() finds at the end."))),
  moreFindings: z.optional(z.number()),
  hint: z.optional(z.string()),
});

/** See `executeOutput`. */
export type ScriptReply = z.output<typeof executeOutput>;

/** Everything about the tool but how it is carried out. `api` is the declaration file. */
export function describeTool(api: string) {
  return {
    name: "execute",
    title: "Run a script",
    description: `Edit the email with one TypeScript script. Top-level await and return work; functions answer at once. All the script does becomes one change, or none if it fails anywhere: then mend it and send all of it again. Use loops over data. Nothing of Node or the web is there: no network, no files. The answer holds what you return and log, and what bee.check() finds at the end.
Sizes are px, colours "#rrggbb". section: id or 0-based index; column, index: 0-based, default first column, at the end. columns: widths in twelfths that sum to 12, as [12] or [6,6]. Texts: plain or inline HTML; merge tags stay. update: only what should change.
${api}`,
    kind: "write" as const,
    destructive: true,
    idempotent: false,
    errors: ["INVALID_INPUT", "SCRIPT_INVALID", "SCRIPT_FAILED", "RATE_LIMITED"] as const,
    examples: [
      {
        note: "A section with a title and two buttons",
        input: {
          script:
            'const { elementId: section } = bee.addSection({ columns: [12] });\nbee.addTitle({ section, text: "Night trains", headingLevel: "h1" });\nfor (const text of ["Oslo", "Porto"]) bee.addButton({ section, text, href: "https://example.com" });',
        },
      },
    ],
  };
}

function withoutAlias(input: unknown): unknown {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return input;
  const entries = Object.entries(input);
  const alias = "script" in input ? undefined : aliases.find((name) => Object.hasOwn(input, name));
  return Object.fromEntries(entries.map(([name, value]) => [name === alias ? "script" : name, value]));
}
