import { type AnyOperation, WaggleError } from "@waggle/contract";
import { operations } from "@waggle/operations";
import { expect, onTestFinished, test } from "vitest";
import * as z from "zod/mini";
import { declareApi, declareForCheck } from "./declarations.ts";
import { TypeChecker } from "./type-checker.ts";

const align = z.enum(["left", "center", "right"]);
const look = {
  color: z.optional(z.string()),
  size: z.optional(z.number()),
  textAlign: z.optional(align),
  paddingTop: z.optional(z.number()),
  paddingRight: z.optional(z.number()),
  paddingBottom: z.optional(z.number()),
  paddingLeft: z.optional(z.number()),
};
const added = z.strictObject({ elementId: z.string() });
const updated = z.strictObject({ changed: z.array(z.string()) });

function operation(name: string, input: z.ZodMiniType, output: z.ZodMiniType): AnyOperation {
  return {
    name,
    title: name,
    description: "",
    kind: "write",
    destructive: false,
    idempotent: false,
    input,
    output,
    errors: [],
    examples: [],
    apply: () => {
      throw new WaggleError("INTERNAL", { message: "Only declared." });
    },
  };
}

test("[CODE-12] what functions have in common is said once, and each is declared", () => {
  const catalogue = ["title", "note"].flatMap((each) => [
    operation(`add_${each}`, z.strictObject({ section: z.int(), text: z.string(), ...look }), added),
    operation(
      `update_${each}`,
      z.strictObject({ elementId: z.string(), text: z.optional(z.string()), ...look }),
      updated,
    ),
  ]);
  const api = declareApi([...catalogue, operation("drop_all", z.strictObject({}), z.strictObject({}))]);
  expect(api.match(/color/g)).toHaveLength(1);
  expect(api).toMatch(/padding\$\{Side\}/);
  expect(api).toContain("addTitle:Add<Title>;updateTitle:Upd<Title>");
  expect(api).toContain("type Add<T>=(p:{section:number}&T)=>{elementId:string}");
  expect(api).toContain("dropAll(p?:{})");
});

test("[CODE-12] the declarations are sound TypeScript, and take the examples of every operation", async () => {
  const checker = new TypeChecker({ declarations: declareForCheck(declareApi(operations)), checkMs: 20_000 });
  onTestFinished(() => checker.close());
  const camelCase = (name: string): string => name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
  const catalogue: readonly AnyOperation[] = operations;
  const calls = catalogue.flatMap(({ name, examples }) =>
    examples.map(({ input }) => `bee.${camelCase(name)}(${JSON.stringify(input)});`),
  );
  expect(calls.length).toBeGreaterThan(operations.length);
  expect(
    await checker.check(`${calls.join("\n")}\nfor (const { message } of bee.check()) console.log(message);`),
  ).toStrictEqual({
    kind: "checked",
    problems: [],
    more: 0,
  });
  const wrong = catalogue.map(({ name }) => `bee.${camelCase(name)}({ notAnArgument: 1 } as const);`);
  const outcome = await checker.check(wrong.join("\n"));
  expect(outcome.kind === "checked" && outcome.problems.length + outcome.more).toBe(operations.length);
});
