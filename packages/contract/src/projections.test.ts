import { expect, test } from "vitest";
import * as z from "zod/mini";
import { type AnyOperation, toCommandName } from "./operation.ts";
import { prefixNames, toMcpTool } from "./projections.ts";

const ring: AnyOperation = {
  name: "ring_bell",
  title: "Ring bell",
  description: "Ring the bell. Read its tone with get_bell first.",
  kind: "write",
  destructive: false,
  idempotent: true,
  input: z.strictObject({
    bellId: z.string().check(z.describe("Id, from get_bell.")),
    times: z._default(z.int().check(z.gte(1), z.lte(9), z.describe("How often.")), 1),
  }),
  output: z.strictObject({ rang: z.boolean() }),
  errors: [],
  examples: [],
  apply: () => ({ rang: true }),
};
const read: AnyOperation = { ...ring, name: "get_bell", kind: "read" };

test("an operation is one MCP tool: names with the prefix, also where texts mention them", () => {
  expect(toMcpTool(ring, { prefix: "x_", catalogue: [ring, read] })).toEqual({
    name: "x_ring_bell",
    title: "Ring bell",
    description: "Ring the bell. Read its tone with x_get_bell first.",
    inputSchema: {
      type: "object",
      properties: {
        bellId: { type: "string", description: "Id, from x_get_bell." },
        times: { type: "integer", minimum: 1, maximum: 9, default: 1, description: "How often." },
      },
      required: ["bellId"],
      additionalProperties: false,
    },
    outputSchema: {
      type: "object",
      properties: { rang: { type: "boolean" } },
      required: ["rang"],
      additionalProperties: false,
    },
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  });
});

test("only whole names get the prefix", () => {
  const options = { prefix: "x_", catalogue: [ring, read] };
  expect(prefixNames("get_bell, x_get_bell, get_bells, “get_bell”.", options)).toBe(
    "x_get_bell, x_get_bell, get_bells, “x_get_bell”.",
  );
  expect(prefixNames("get_bell", { ...options, prefix: "" })).toBe("get_bell");
});

test("a command has the name in camel case", () => {
  expect(toCommandName("get_content_hierarchy")).toBe("getContentHierarchy");
});
