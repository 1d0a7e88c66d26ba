import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import { headers, routes, WaggleError } from "@waggle/contract";
import { StdioBridge } from "./stdio-bridge.ts";
import { refusal, sendUpstream, type UpstreamOptions } from "./upstream.ts";

export interface StdioAccess {
  readonly templateId: string;
  /** Address of a running server, without a slash at the end. */
  readonly server: string;
  readonly apiKey: string;
  /** The person the agent works for, as the host's pages name them. */
  readonly userHandle?: string;
  /** One tool that takes a script, instead of one for each operation. */
  readonly isCodeMode: boolean;
}

/**
 * Serves a template's tools over standard input and output until the client closes them. The work is done by a running
 * server, because one process owns the data folder.
 *
 * Rejects before the first message when the server is not there, the key is wrong or the template cannot be opened.
 */
export async function serveStdio(access: StdioAccess): Promise<void> {
  await requireTemplate(access);
  const bridge = new StdioBridge({
    upstream: upstreamOf(access),
    transport: new StdioServerTransport(),
    complain: (sentence) => void process.stderr.write(`${sentence}\n`),
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => bridge.close());
  await bridge.run();
}

/** The key that a server on this machine made for itself, if there is one. */
export async function findKeptKey(dataFolder: string): Promise<string | undefined> {
  const text = await readFile(join(dataFolder, "api-key"), "utf8").catch(() => "");
  return text.trim() || undefined;
}

function upstreamOf({ server, templateId, userHandle, isCodeMode, apiKey }: StdioAccess): UpstreamOptions {
  return {
    url: new URL(isCodeMode ? routes.codeMode : routes.mcp, server),
    headers: {
      authorization: `Bearer ${apiKey}`,
      [headers.templateId]: templateId,
      ...(userHandle !== undefined && { [headers.userHandle]: userHandle }),
      // Each process is an agent of its own, also beside another of the same client.
      [headers.agent]: `stdio-${randomUUID()}`,
    },
  };
}

/** Said at once, where a person reads it, instead of with the first call. */
async function requireTemplate(access: StdioAccess): Promise<void> {
  const url = new URL(`${routes.template}/${encodeURIComponent(access.templateId)}`, access.server);
  const response = await sendUpstream({ ...upstreamOf(access), url }, { method: "GET" }).catch(notThere);
  const text = await response.text();
  if (response.ok && isJson(text)) return;
  throw refusal(response, isJson(text) ? JSON.parse(text) : undefined);
}

function notThere(failure: unknown): never {
  if (!(failure instanceof WaggleError)) throw failure;
  throw new WaggleError(failure.code, {
    message: `${failure.message} Start one with the command waggle, or name another with --server.`,
    cause: failure,
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
