import { setTimeout as wait } from "node:timers/promises";
import { editTemplate } from "./editing.ts";
import { type AgentOptions, parseOptions, UsageError, usage } from "./options.ts";
import { ToolRefusal, WaggleClient } from "./waggle-client.ts";

/** An agent without a model: it reads a template over MCP, makes it better while people watch, and says goodbye. */
async function run(options: AgentOptions, signal: AbortSignal): Promise<void> {
  const client = new WaggleClient(options);
  const tools = await client.connect();
  console.log(`${options.name} is connected to ${options.template} (${tools} tools, protocol of ${options.era}).`);
  try {
    const { edits, skipped } = await editTemplate({
      tools: client,
      pause: async () => {
        await wait(options.paceMs, undefined, { signal });
      },
      print: console.log,
    });
    console.log(`Done: ${edits} edits${skipped > 0 ? `, ${skipped} skipped` : ""}. Goodbye.`);
  } finally {
    // A server that is gone needs no goodbye, and what went wrong before says more.
    await client.leave().catch(() => undefined);
  }
}

function explain(failure: unknown, url: string | undefined): string {
  if (failure instanceof UsageError) return `${failure.message}\n\n${usage}`;
  if (failure instanceof ToolRefusal) return `The server refused (${failure.code}): ${failure.message}`;
  if (!(failure instanceof Error)) return String(failure);
  if (failure.name === "AbortError") return "Stopped.";
  const { cause } = failure;
  const reason = cause instanceof Error ? `${failure.message} (${cause.message})` : refusalIn(failure.message);
  return `Could not work at ${url}: ${reason}`;
}

/** The client puts the whole answer of the server into its message; the sentence in it is meant for people. */
function refusalIn(message: string): string {
  const sentence = /"message":("(?:[^"\\]|\\.)*")/.exec(message)?.[1];
  return sentence === undefined ? message : String(JSON.parse(sentence));
}

async function main(): Promise<number> {
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort());
  let options: AgentOptions | undefined;
  try {
    options = parseOptions(process.argv.slice(2), process.env);
    await run(options, stop.signal);
    return 0;
  } catch (failure) {
    console.error(explain(failure, options?.url.href));
    return 1;
  }
}

process.exitCode = await main();
