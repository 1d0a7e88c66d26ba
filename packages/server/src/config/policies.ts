import * as z from "zod";
import { type Policy, policySchema } from "../policy/policy.ts";

/** What agents with a key may do. Every entry but `default` brings its own key. */
export interface KeyPolicy {
  readonly apiKey?: string;
  readonly policy: Policy;
}

/** By the name of the key; `default` is the server's own key. */
export type KeyPolicies = Readonly<Record<string, KeyPolicy>>;

const entry = policySchema.extend({
  apiKey: z
    .string()
    .regex(/^\S{16,}$/, "has to have 16 characters or more, no spaces")
    .optional(),
});
const keyName = /^[\w.-]{1,64}$/;
const example = '{"default": {"access": "no-structure"}, "copy-desk": {"apiKey": "wgl_…", "access": "text-only"}}';

/** Reads the JSON of WAGGLE_POLICIES. Its messages never repeat what it holds: there are keys in it. */
export const policiesVariable = z.string().transform((text, context): KeyPolicies => {
  const parsed = z.record(z.string(), entry).safeParse(parseJson(text));
  const problems = parsed.success ? problemsOf(parsed.data) : parsed.error.issues.map(sayIssue);
  if (problems.length > 0) {
    context.addIssue({
      code: "custom",
      message: `has to be JSON such as ${example}: ${problems.slice(0, 3).join("; ")}`,
    });
  }
  if (!parsed.success) return {};
  return Object.fromEntries(
    Object.entries(parsed.data).map(([name, { apiKey, ...policy }]) => [name, { policy, ...(apiKey && { apiKey }) }]),
  );
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sayIssue({ path, message }: z.core.$ZodIssue): string {
  return path.length > 0 ? `${path.map(String).join(".")}: ${message}` : "it is none";
}

function problemsOf(entries: Readonly<Record<string, z.output<typeof entry>>>): string[] {
  const names = Object.keys(entries);
  const keys = names.map((name) => entries[name]?.apiKey).filter((key) => key !== undefined);
  return [
    ...names
      .filter((name) => !keyName.test(name))
      .map(() => "names of keys have letters, digits, dots, hyphens and underscores"),
    ...(entries.default?.apiKey === undefined ? [] : ["default has no apiKey of its own: set WAGGLE_API_KEY"]),
    ...names
      .filter((name) => name !== "default" && entries[name]?.apiKey === undefined)
      .map((name) => `${name} needs an apiKey`),
    ...(new Set(keys).size < keys.length ? ["two entries have the same apiKey"] : []),
  ];
}
