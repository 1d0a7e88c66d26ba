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

/** The files of a build and what each imports at once. */
interface Build {
  readonly code: ReadonlyMap<string, string>;
  readonly entry: string;
  importsOf(file: string): readonly string[];
}

/** The files of a build by when they are fetched. */
interface Download {
  /** What is there before anything runs. */
  readonly first: readonly string[];
  /** What `start` and `join` fetch with the first template, all at the same time. */
  readonly template: readonly string[];
  /** What a person or an agent has to do something for. */
  readonly lazy: readonly string[];
}

/** Asked for by `start` and `join`: the codec of texts; page JSON, commands and undo. */
const templateParts = ["html", "editing"];

export async function sizesBench(): Promise<SizeRow[]> {
  const sync = await bundle("yjs and y-websocket", syncEntry, []);
  const [sdk, editor] = [await bundle("sdk", sdkEntry, syncPackages), editorBuild()];
  return [
    rowOf("yjs and y-websocket", [...sync.code.values()]),
    ...rowsOf(sdk, { first: "SDK besides them", part: "SDK", aimKb: 30 }),
    ...rowsOf(editor, { first: "editor's first load, all in", part: "editor", aimKb: 110 }),
  ];
}

interface Names {
  readonly first: string;
  readonly part: string;
  readonly aimKb: number;
}

function rowsOf(build: Build, { first, part, aimKb }: Names): SizeRow[] {
  const download = downloadOf(build);
  const codeOf = (files: readonly string[]) => files.map((file) => build.code.get(file) ?? "");
  const parts = (when: string, files: readonly string[]) =>
    files.map((file) => rowOf(`${part}, ${when}: ${partName(file)}`, codeOf([file])));
  return [
    { ...rowOf(first, codeOf(download.first)), aimKb },
    ...parts("with the first template", download.template),
    rowOf(`${part} with a template, all in`, codeOf([...download.first, ...download.template])),
    ...parts("when needed", download.lazy),
  ];
}

const syncEntry = 'export * from "yjs"; export { WebsocketProvider } from "y-websocket";';
const sdkEntry = 'export { createBee } from "@waggle/sdk";';
/** What y-websocket brings along is not counted twice. */
const syncPackages = [/^yjs$/, /^y-websocket$/, /^y-protocols(\/|$)/, /^lib0(\/|$)/];

async function bundle(name: string, entry: string, external: readonly RegExp[]): Promise<Build> {
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
  return buildOf(outputs.filter((output) => output.type === "chunk"));
}

function buildOf(chunks: readonly Rolldown.OutputChunk[]): Build {
  const code = new Map(chunks.map((chunk) => [chunk.fileName, chunk.code]));
  const imports = new Map(chunks.map((chunk) => [chunk.fileName, chunk.imports]));
  return {
    code,
    entry: chunks.find(({ isEntry }) => isEntry)?.fileName ?? "",
    importsOf: (file) => (imports.get(file) ?? []).filter((each) => code.has(each)),
  };
}

/** The build that servers hand out. */
function editorBuild(): Build {
  const entry = fileURLToPath(import.meta.resolve("@waggle/editor/browser/editor.js"));
  const code = new Map<string, string>();
  const imports = new Map<string, readonly string[]>();
  const read = (file: string): void => {
    const text = readFileSync(join(dirname(entry), file), "utf8");
    const named = Array.from(text.matchAll(/(from|import|import\()\s*["'`]\.\/([\w.-]+\.js)["'`]/g));
    code.set(file, text);
    imports.set(
      file,
      named.filter(([, how]) => how !== "import(").map(([, , name = ""]) => name),
    );
    for (const [, , name = ""] of named) if (!code.has(name)) read(name);
  };
  read("editor.js");
  return { code, entry: "editor.js", importsOf: (file) => imports.get(file) ?? [] };
}

function downloadOf({ code, entry, importsOf }: Build): Download {
  const first = reached([entry], importsOf);
  const asked = [...code.keys()].filter((file) => templateParts.includes(partName(file)));
  if (asked.length !== templateParts.length)
    throw new Error(`The build has no ${templateParts.join(" and ")} of its own.`);
  const withTemplate = reached(asked, importsOf);
  const later = [...code.keys()].filter((file) => !first.has(file));
  return {
    first: [...first],
    template: later.filter((file) => withTemplate.has(file)),
    lazy: later.filter((file) => !withTemplate.has(file)),
  };
}

function reached(files: readonly string[], importsOf: Build["importsOf"]): ReadonlySet<string> {
  const found = new Set(files);
  for (const file of found) for (const each of importsOf(file)) found.add(each);
  return found;
}

function partName(file: string): string {
  return file.replace(/^assets\/|-[\w-]{8}\.js$/g, "");
}

function rowOf(name: string, files: readonly string[]): SizeRow {
  const sum = (size: (code: string) => number): number => files.reduce((total, code) => total + size(code), 0) / 1000;
  return { name, minifiedKb: sum((code) => Buffer.byteLength(code)), gzipKb: sum((code) => gzipSync(code).length) };
}
