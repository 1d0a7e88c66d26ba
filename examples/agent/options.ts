import { parseArgs } from "node:util";

/** What the agent was told on the command line. */
export interface AgentOptions {
  readonly url: URL;
  readonly template: string;
  readonly key: string;
  /** 2025: one MCP session. 2026: stateless requests. */
  readonly era: "2025" | "2026";
  readonly name: string;
  /** Handle of the person it works for. */
  readonly handle: string | undefined;
  /** Pause before each edit, in milliseconds, so that people can follow. */
  readonly paceMs: number;
}

/** Something the person at the command line has to correct. */
export class UsageError extends Error {}

export const usage = `Usage: node examples/agent/main.ts --template <id> [--key <API key>]
  --url     address of the MCP endpoint   (http://localhost:8787/v2/sdk/mcp)
  --key     API key                       (or the environment variable WAGGLE_API_KEY)
  --era     2025 or 2026                  (2025)
  --name    what people see               (Scout)
  --handle  handle of the person it works for
  --pace    pause before each edit in ms  (700)`;

/** Throws UsageError. */
export function parseOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): AgentOptions {
  const { url, template, key, era, name, handle, pace } = parseValues(args);
  if (!template) throw new UsageError("--template is missing: the id of the template to edit.");
  const apiKey = key ?? environment.WAGGLE_API_KEY;
  if (!apiKey) throw new UsageError("--key is missing: the API key, or WAGGLE_API_KEY in the environment.");
  if (era !== "2025" && era !== "2026") throw new UsageError(`--era has to be 2025 or 2026, not ${era}.`);
  const paceMs = Number(pace);
  if (!Number.isInteger(paceMs) || paceMs < 0) throw new UsageError(`--pace has to be a number of ms, not ${pace}.`);
  if (!URL.canParse(url)) throw new UsageError(`--url is no address: ${url}`);
  return { url: new URL(url), template, key: apiKey, era, name, handle, paceMs };
}

function parseValues(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        url: { type: "string", default: "http://localhost:8787/v2/sdk/mcp" },
        template: { type: "string" },
        key: { type: "string" },
        era: { type: "string", default: "2025" },
        name: { type: "string", default: "Scout" },
        handle: { type: "string" },
        pace: { type: "string", default: "700" },
      },
    }).values;
  } catch (failure) {
    throw new UsageError(failure instanceof Error ? failure.message : String(failure));
  }
}
