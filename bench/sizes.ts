// What a browser downloads: minified and compressed, as a server sends it.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";

/** One line of a result. Kilobytes are 1,000 bytes. */
export interface SizeRow {
  readonly name: string;
  readonly minifiedKb: number;
  readonly gzipKb: number;
  readonly aimKb?: number;
}

/** Files of a build: which of them come at once, and which are fetched when they are needed. */
interface Download {
  readonly first: readonly string[];
  readonly lazy: ReadonlyMap<string, string>;
}

export async function sizesBench(): Promise<SizeRow[]> {
  const [sync, sdk] = [await bundle("yjs and y-websocket", syncEntry, []), await bundle("sdk", sdkEntry, syncPackages)];
  const editor = editorDownload();
  return [
    rowOf("yjs and y-websocket", sync.first),
    { ...rowOf("SDK besides them", sdk.first), aimKb: 30 },
    ...lazyRows("SDK, fetched when needed", sdk),
    { ...rowOf("editor's first load, all in", editor.first), aimKb: 110 },
    ...lazyRows("editor, fetched when needed", editor),
  ];
}

const syncEntry = 'export * from "yjs"; export { WebsocketProvider } from "y-websocket";';
const sdkEntry = 'export { createBee } from "@waggle/sdk";';
/** What y-websocket brings along is not counted twice. */
const syncPackages = [/^yjs$/, /^y-websocket$/, /^y-protocols(\/|$)/, /^lib0(\/|$)/];

async function bundle(name: string, entry: string, external: readonly RegExp[]): Promise<Download> {
  const id = `virtual:${name}`;
  const source = {
    name: "entry",
    resolveId: (asked: string) => (asked === id ? id : undefined),
    load: (asked: string) => (asked === id ? entry : undefined),
  };
  const results = await build({
    configFile: false,
    logLevel: "error",
    plugins: [source],
    build: {
      write: false,
      minify: true,
      rolldownOptions: {
        input: id,
        external: [...external],
        preserveEntrySignatures: "strict",
        output: { minify: true },
      },
    },
  });
  const outputs = (Array.isArray(results) ? results : [results]).flatMap((result) =>
    "output" in result ? result.output : [],
  );
  return downloadOf(outputs.filter((output) => output.type === "chunk"));
}

function downloadOf(chunks: readonly Rolldown.OutputChunk[]): Download {
  const code = new Map(chunks.map((chunk) => [chunk.fileName, chunk.code]));
  const imports = new Map(chunks.map((chunk) => [chunk.fileName, chunk.imports]));
  const entry = chunks.find(({ isEntry }) => isEntry)?.fileName ?? "";
  return divide(
    code,
    reached(entry, (file) => (imports.get(file) ?? []).filter((each) => code.has(each))),
  );
}

/** The build that servers hand out. */
function editorDownload(): Download {
  const entry = fileURLToPath(import.meta.resolve("@waggle/editor/browser/editor.js"));
  const code = new Map<string, string>();
  const named = (file: string): readonly string[] => {
    const text = readFileSync(join(dirname(entry), file), "utf8");
    code.set(file, text);
    const quoted = Array.from(text.matchAll(/(from|import|import\()\s*["'`]\.\/([\w.-]+\.js)["'`]/g));
    for (const [, , lazy = ""] of quoted) if (!code.has(lazy)) named(lazy);
    return quoted.filter(([, how]) => how !== "import(").map(([, , name = ""]) => name);
  };
  return divide(code, reached("editor.js", named));
}

function reached(entry: string, importsOf: (file: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set<string>([entry]);
  for (const file of found) for (const each of importsOf(file)) found.add(each);
  return found;
}

function divide(code: ReadonlyMap<string, string>, first: ReadonlySet<string>): Download {
  const lazy = [...code].filter(([file]) => !first.has(file));
  return { first: [...first].map((file) => code.get(file) ?? ""), lazy: new Map(lazy) };
}

function lazyRows(name: string, { lazy }: Download): SizeRow[] {
  return [...lazy].map(([file, code]) => rowOf(`${name}: ${file.replace(/^assets\/|-[\w-]{8}\.js$/g, "")}`, [code]));
}

function rowOf(name: string, files: readonly string[]): SizeRow {
  const sum = (size: (code: string) => number): number => files.reduce((total, code) => total + size(code), 0) / 1000;
  return { name, minifiedKb: sum((code) => Buffer.byteLength(code)), gzipKb: sum((code) => gzipSync(code).length) };
}
