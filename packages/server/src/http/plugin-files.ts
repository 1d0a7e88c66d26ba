import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { routes, WaggleError } from "@waggle/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import * as z from "zod";
import type { RestApp } from "./app.ts";
import { CompressedFiles } from "./compressed-files.ts";

const contentTypes: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/** A name, not a step out of the folder, nor a hidden file. */
const segment = /^\w[\w.-]*$/;
/** `[name]-[hash].js` of the build. Hashes that happen to look like a word are only checked more often. */
const hashed = /-(?=[\w-]*[A-Z\d])[\w-]{8}\.[a-z\d]+(\.map)?$/;

const pluginBefore = "/plugin";
const pluginScript = "BeePlugin.js";

export interface PluginOptions {
  /** Where the built editor is; asked at the first request, so that a server without it still starts. */
  readonly findFolder: () => string;
}

/** Serves the editor's browser build to the pages of hosts. */
export function addPluginFiles(app: RestApp, { findFolder }: PluginOptions): void {
  let folder: string | undefined;
  const compressed = new CompressedFiles();
  const requireBuilt = (name: string): Promise<BuiltFile> => {
    folder ??= findFolder();
    return requireFile(folder, name);
  };
  app.get(
    `${routes.plugin}/*`,
    { schema: { hide: true, params: z.object({ "*": z.string() }) } },
    async (request, reply) => sendFile(request, reply, { file: await requireBuilt(request.params["*"]), compressed }),
  );
  // The address that hosts of the first version still name.
  app.get(`${pluginBefore}/${pluginScript}`, { schema: { hide: true } }, async (request, reply) =>
    sendFile(request, reply, { file: await requireBuilt(pluginScript), compressed }),
  );
}

/** The folder of the editor's build, beside this package. Throws NOT_FOUND when it is not installed. */
export function findEditorBuild(): string {
  try {
    return dirname(fileURLToPath(import.meta.resolve("@waggle/editor/browser/editor.js")));
  } catch (cause) {
    const message = "The editor is not installed beside this server. Install @waggle/editor.";
    throw new WaggleError("NOT_FOUND", { message, cause });
  }
}

interface BuiltFile {
  readonly path: string;
  readonly size: number;
  readonly tag: string;
}

async function requireFile(folder: string, name: string): Promise<BuiltFile> {
  const path = join(folder, name);
  const found = name.split("/").every((part) => segment.test(part)) ? await statIfThere(path) : undefined;
  if (found?.isFile()) return { path, size: found.size, tag: `W/"${found.size}-${Math.floor(found.mtimeMs)}"` };
  const isBuilt = (await statIfThere(folder)) !== undefined;
  const message = isBuilt
    ? `The editor has no such file. Its script for pages is ${routes.plugin}/${pluginScript}.`
    : "The editor is not built. Run npm run build.";
  throw new WaggleError("NOT_FOUND", { message });
}

interface Sending {
  readonly file: BuiltFile;
  readonly compressed: CompressedFiles;
}

async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { file, compressed }: Sending,
): Promise<FastifyReply> {
  const { path, size, tag } = file;
  reply.headers({
    "cache-control": hashed.test(path) ? "public, max-age=31536000, immutable" : "no-cache",
    etag: tag,
    vary: [reply.raw.getHeader("vary"), "accept-encoding"].filter(Boolean).join(", "),
    // Pages of other origins load it with a plain script element.
    "cross-origin-resource-policy": "cross-origin",
  });
  if (request.headers["if-none-match"] === tag) return reply.code(304).send();
  const type = contentTypes[extname(path)] ?? "application/octet-stream";
  reply.type(type);
  const smaller = await compressed.find(file, { accept: String(request.headers["accept-encoding"] ?? ""), type });
  if (!smaller) return reply.header("content-length", size).send(createReadStream(path));
  return reply.header("content-encoding", smaller.encoding).send(smaller.bytes);
}

async function statIfThere(path: string) {
  return stat(path).catch(() => undefined);
}
