import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { headers, routes } from "@waggle/contract";
import { credentials, freePort, ServerProcess } from "../faults/server-process.ts";

/** A real server in a process of its own, with an empty template to work on. */
export interface RealServer {
  readonly url: URL;
  readonly templateId: string;
  /** What a client has to send. */
  readonly headers: Readonly<Record<string, string>>;
  /** A folder for what clients want to keep. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** Starts the server from its sources. */
export async function startRealServer(): Promise<RealServer> {
  const folder = await mkdtemp(join(tmpdir(), "waggle-conformance-"));
  const server = new ServerProcess({ port: await freePort(), dataFolder: join(folder, "data"), isFromSource: true });
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await server.answers();
    const authorization = `Bearer ${credentials.apiKey}`;
    const templateId = await createTemplate(server.origin, authorization);
    return {
      url: new URL(routes.mcp, server.origin),
      templateId,
      headers: { authorization, [headers.templateId]: templateId },
      folder,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function createTemplate(origin: string, authorization: string): Promise<string> {
  const response = await fetch(new URL(routes.template, origin), {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: "{}",
  });
  const body: unknown = await response.json();
  if (typeof body !== "object" || body === null || !("templateId" in body)) throw new Error(JSON.stringify(body));
  return String(body.templateId);
}
