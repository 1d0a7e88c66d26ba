// What a model reads and writes to build an e-mail: by tools, one and five calls a turn, and by scripts, one and three.
// Every call and every script is really carried out; tokens are counted offline with the vocabulary o200k.

import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { type Caller, connectCaller } from "./mcp-calls.ts";
import { benchKey, waggleServer } from "./processes.ts";
import { type EmailCall, emails } from "./token-emails.ts";

/** What is the same on both sides, in tokens: instructions and the task; and what the model says at the end. */
const brief = { system: 500, task: 150, closing: 120 };
/** What a call and a result cost beside their text, in tokens. */
const wrapping = { call: 12, result: 10 };
/** Price of a token that was sent before, and of one the model writes, in tokens that are new. */
const price = { cached: 0.1, output: 5 };

const headers = { authorization: `Bearer ${benchKey}` };
const tokensOf = (text: string): number => encode(text).length;

/** One exchange with the server: what the model wrote, and what it read. */
interface Step {
  readonly written: number;
  readonly read: number;
}

/** What a way of working costs. */
interface Cost {
  readonly turns: number;
  /** Everything read and written, the history of every turn included. */
  readonly tokens: number;
  /** In tokens of new input. */
  readonly money: number;
}

/** A line of the result. */
export interface TokenRow {
  readonly email: string;
  readonly operations: number;
  readonly way: string;
  readonly turns: number;
  readonly tokens: number;
  readonly money: number;
  /** Share of tokens and of money less than one call a turn. */
  readonly saved?: { readonly tokens: number; readonly money: number };
  readonly aim?: number;
}

const aims: Readonly<Record<string, number>> = { simple: 0.9, medium: 0.95, complex: 0.97 };

export async function tokensBench(): Promise<{ rows: TokenRow[]; table: string }> {
  const server = await waggleServer();
  try {
    const rows: TokenRow[] = [];
    const definitions = {
      tools: await definitionsAt(server.origin, ""),
      script: await definitionsAt(server.origin, "/codemode"),
    };
    for (const [name, calls] of Object.entries(emails)) {
      const byTools = await openDoor(server.origin, "");
      const steps = await callAll(byTools, calls);
      const one = await openDoor(server.origin, "/codemode");
      const three = await openDoor(server.origin, "/codemode");
      const ways: Readonly<Record<string, Cost>> = {
        "one call a turn": costOf(steps, { definitions: definitions.tools, perTurn: 1 }),
        "five calls a turn": costOf(steps, { definitions: definitions.tools, perTurn: 5 }),
        "one script": costOf(await runAll(one, [calls]), { definitions: definitions.script, perTurn: 1 }),
        "three scripts": costOf(await runAll(three, thirds(calls)), { definitions: definitions.script, perTurn: 1 }),
      };
      await requireSame(
        [byTools, one, three].map(({ templateId }) => templateId),
        server.origin,
      );
      rows.push(...rowsOf(name, calls.length, ways));
    }
    return { rows, table: drawTable(rows, definitions) };
  } finally {
    await server.stop();
  }
}

interface Door {
  readonly templateId: string;
  readonly caller: Caller;
}

async function openDoor(origin: string, path: string): Promise<Door> {
  const request = { method: "POST", headers: { ...headers, "content-type": "application/json" }, body: "{}" };
  const response = await fetch(`${origin}/v2/sdk/mcp/template`, request);
  if (!response.ok) throw new Error(`No template: ${response.status} ${await response.text()}`);
  const { templateId } = await response.json();
  const caller = await connectCaller({
    url: `${origin}/v2/sdk/mcp${path}`,
    era: "2026",
    headers: { ...headers, "x-bee-template-id": templateId },
  });
  return { templateId, caller };
}

/** What the list of tools costs in every turn, as providers put it before the model. */
async function definitionsAt(origin: string, path: string): Promise<number> {
  const version = "2026-07-28";
  const body = {
    jsonrpc: "2.0",
    id: 1,
    method: "tools/list",
    params: {
      _meta: {
        "io.modelcontextprotocol/protocolVersion": version,
        "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": { name: "bench", version: "1" },
      },
    },
  };
  const response = await fetch(`${origin}/v2/sdk/mcp${path}`, {
    method: "POST",
    headers: {
      ...headers,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": version,
      "mcp-method": "tools/list",
    },
    body: JSON.stringify(body),
  });
  const { result } = await response.json();
  const shown = result.tools.map(({ name, description, inputSchema }: Record<string, unknown>) => ({
    name,
    description,
    parameters: inputSchema,
  }));
  return tokensOf(JSON.stringify(shown));
}

async function callAll({ caller }: Door, calls: readonly EmailCall[]): Promise<Step[]> {
  const steps: Step[] = [];
  for (const { tool, input } of calls) {
    const reply = await caller.call(`beefree_${tool}`, input);
    steps.push(stepOf(`beefree_${tool}${JSON.stringify(input)}`, reply));
  }
  return steps;
}

async function runAll({ caller }: Door, parts: readonly (readonly EmailCall[])[]): Promise<Step[]> {
  const steps: Step[] = [];
  for (const part of parts) {
    const script = scriptOf(part);
    const reply = await caller.call("beefree_execute", { script });
    steps.push(stepOf(`beefree_execute${JSON.stringify({ script })}`, reply));
  }
  return steps;
}

function stepOf(written: string, reply: string): Step {
  const { content } = JSON.parse(reply).result;
  const read = content.map(({ text }: { text: string }) => text).join("");
  return { written: tokensOf(written) + wrapping.call, read: tokensOf(read) + wrapping.result };
}

/** The script a model writes for these calls: one statement a call. The check at the end comes by itself. */
function scriptOf(calls: readonly EmailCall[]): string {
  return calls
    .filter(({ tool }) => tool !== "check_template")
    .map(({ tool, input }) => `bee.${camelCase(tool)}(${literal(input)});`)
    .join("\n");
}

const camelCase = (name: string): string => name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());

const literal = (input: object): string => JSON.stringify(input).replace(/"([A-Za-z_]\w*)":/g, "$1:");

/** Cut where a section begins, as a model would that looks at the answer in between. */
function thirds(calls: readonly EmailCall[]): readonly (readonly EmailCall[])[] {
  const starts = calls.flatMap(({ tool }, at) => (tool === "add_section" ? [at] : []));
  const near = (share: number): number =>
    starts.toSorted((a, b) => Math.abs(a - calls.length * share) - Math.abs(b - calls.length * share))[0] ?? 0;
  const [first, second] = [near(1 / 3), near(2 / 3)];
  const parts = [calls.slice(0, first), calls.slice(first, second), calls.slice(second)];
  return parts.filter((part) => part.length > 0);
}

interface Setting {
  readonly definitions: number;
  readonly perTurn: number;
}

/** Every turn sends everything there was before; what the turn before sent is in the cache. */
function costOf(steps: readonly Step[], { definitions, perTurn }: Setting): Cost {
  let context = brief.system + brief.task + definitions;
  let cached = 0;
  let [tokens, money, turns] = [0, 0, 0];
  const turn = (written: number): void => {
    tokens += context + written;
    money += cached * price.cached + (context - cached) + written * price.output;
    cached = context;
    turns += 1;
  };
  for (let at = 0; at < steps.length; at += perTurn) {
    const together = steps.slice(at, at + perTurn);
    const written = together.reduce((sum, step) => sum + step.written, 0);
    turn(written);
    context += written + together.reduce((sum, step) => sum + step.read, 0);
  }
  turn(brief.closing);
  return { turns, tokens, money };
}

/** Whether all ways led to the same e-mail: ids apart, which are always new. */
async function requireSame(templateIds: readonly string[], origin: string): Promise<void> {
  const pages = await Promise.all(
    templateIds.map(async (id) => {
      const response = await fetch(`${origin}/v2/sdk/mcp/template/${id}`, { headers });
      const page = await response.text();
      if (!response.ok) throw new Error(`${id}: ${response.status} ${page.slice(0, 200)}`);
      return page.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "");
    }),
  );
  if (new Set(pages).size > 1) throw new Error("Tools and scripts did not build the same e-mail.");
}

function rowsOf(email: string, operations: number, ways: Readonly<Record<string, Cost>>): TokenRow[] {
  const base = ways["one call a turn"];
  return Object.entries(ways).map(([way, cost]) => ({
    email,
    operations,
    way,
    ...cost,
    ...(base && cost !== base
      ? { saved: { tokens: 1 - cost.tokens / base.tokens, money: 1 - cost.money / base.money } }
      : {}),
    ...(way === "three scripts" ? { aim: aims[email] ?? 0 } : {}),
  }));
}

function drawTable(
  rows: readonly TokenRow[],
  definitions: { readonly tools: number; readonly script: number },
): string {
  const share = (value: number | undefined): string => (value === undefined ? "–" : `${(value * 100).toFixed(1)} %`);
  const lines = rows.map(({ email, operations, way, turns, tokens, money, saved, aim }) =>
    [
      "",
      `${email} (${operations})`,
      way,
      turns,
      tokens,
      share(saved?.tokens),
      aim === undefined ? "–" : `≥ ${share(aim)}`,
      Math.round(money),
      share(saved?.money),
      "",
    ]
      .join(" | ")
      .trim(),
  );
  return [
    `Definitions in every turn: ${definitions.tools} tokens for the tools, ${definitions.script} for the script tool.`,
    `Money: input sent before ${price.cached} ×, output ${price.output} ×.`,
    "",
    "| e-mail (operations) | way | turns | tokens read and written | saved | aim | money | saved |",
    "|---|---|---|---|---|---|---|---|",
    ...lines,
  ].join("\n");
}
