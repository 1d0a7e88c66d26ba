// Rendering an e-mail, against MJML: the same templates, translated by `mjml-template.ts`, in interleaved rounds.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HtmlRenderer, renderHtml } from "@waggle/render/html";
import { applyChange, emptySnapshot, importPage, type Snapshot } from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import mjml2html from "mjml";
import { sixtyModules } from "./documents.ts";
import { mixedModules } from "./mixed-modules.ts";
import { mjmlOf } from "./mjml-template.ts";
import { type Round, type Row, rowsOf } from "./statistics.ts";
import { timesTable } from "./tables.ts";

const rounds = Number(process.env.BENCH_ROUNDS ?? 15);
const corpus = join(import.meta.dirname, "../../shared/corpus/pages");
const { sanitise } = htmlCodec;

/** What both make of the same documents, in bytes. */
export interface BytesRow {
  readonly name: string;
  readonly documents: number;
  readonly bytes: number;
  readonly against?: string;
  readonly ratio?: number;
  readonly aim?: number;
}

interface Subject {
  readonly page: object;
  readonly snapshot: Snapshot;
  readonly mjml: string;
}

function subjectOf(page: object): Subject {
  return { page, snapshot: snapshotOf(page), mjml: mjmlOf(page) };
}

function snapshotOf(page: object): Snapshot {
  let last = 0;
  return applyChange(emptySnapshot, importPage(page, { codec: htmlCodec, newId: () => `new-${++last}` }));
}

/** The bench's own documents, and the real ones when they lie beside the repository. */
function subjects(): { own: readonly Subject[]; real: readonly Subject[] } {
  const files = existsSync(corpus) ? readdirSync(corpus).filter((name) => name.endsWith(".json")) : [];
  const real = files.map((name) => JSON.parse(readFileSync(join(corpus, name), "utf8")));
  return { own: [sixtyModules(), mixedModules(94)].map(subjectOf), real: real.map(subjectOf) };
}

const toMjml = async (subject: Subject, minify: boolean): Promise<string> =>
  (
    await mjml2html(subject.mjml, {
      validationLevel: "skip",
      ...(minify ? { minify: true, minifyOptions: { minifyCss: false } } : {}),
    })
  ).html;

async function milliseconds(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

export async function renderBench(): Promise<{ rows: readonly (Row | BytesRow)[]; table: string }> {
  const { own, real } = subjects();
  const all = [...own, ...real];
  if (real.length === 0) console.log("No real templates beside the repository: the bench's own documents only.");
  const times = await timeRows(all, own[1] ?? subjectOf(mixedModules(94)));
  const bytes = [...(await bytesRows("own", own)), ...(real.length > 0 ? await bytesRows("real", real) : [])];
  return { rows: [...times, ...bytes], table: `${timesTable(times)}\n\n${bytesTable(bytes)}` };
}

async function timeRows(all: readonly Subject[], large: Subject): Promise<Row[]> {
  const kept = new HtmlRenderer({ sanitise });
  kept.render(large.snapshot);
  const [button] =
    [...large.snapshot.nodes.entries()].find(([, node]) => node["/descriptor/button/href"] !== undefined) ?? [];
  let edits = 0;
  let edited = large.snapshot;
  const edit = (): void => {
    const before = edited.nodes.get(button ?? "")?.["/descriptor/button/href"] ?? null;
    const after = `https://example.com/${++edits}`;
    edited = applyChange(edited, { [button ?? ""]: { "/descriptor/button/href": { before, after } } });
  };
  const steps: Readonly<Record<string, () => Promise<number>>> = {
    "MJML, all templates": () => milliseconds(() => each(all, (subject) => toMjml(subject, false))),
    // Reading the page is no part of this time, but nothing of the snapshot has been looked at before.
    "Waggle, all templates, fresh snapshots": () => {
      const fresh = all.map(({ page }) => snapshotOf(page));
      return milliseconds(() => fresh.map((snapshot) => renderHtml(snapshot, { sanitise })));
    },
    "Waggle, all templates, page JSON read too": () =>
      milliseconds(() => each(all, ({ page }) => renderHtml(snapshotOf(page), { sanitise }))),
    "Waggle, all templates, rendered before (memoised)": () =>
      milliseconds(() => each(all, ({ snapshot }) => renderHtml(snapshot, { sanitise }))),
    "MJML, 94 modules": () => milliseconds(() => toMjml(large, false)),
    "Waggle, 94 modules, fresh snapshot": () => {
      const fresh = snapshotOf(large.page);
      return milliseconds(() => renderHtml(fresh, { sanitise }));
    },
    "Waggle, 94 modules, rendered before (memoised)": () =>
      milliseconds(() => renderHtml(large.snapshot, { sanitise })),
    "Waggle, 94 modules, rendered before (memoised), one changed": () => {
      edit();
      return milliseconds(() => kept.render(edited));
    },
  };
  const results: Round[] = [];
  // The first rounds warm up the compiler for both.
  for (let round = -5; round < rounds; round += 1) {
    const result: Record<string, number[]> = {};
    for (const [name, step] of Object.entries(steps)) result[name] = [await step()];
    if (round >= 0) results.push(result);
  }
  // A fresh snapshot is what MJML has to do every time; the aims for what was rendered before are those of live editing.
  const rows = rowsOf(results, [
    { name: "MJML, all templates" },
    { name: "Waggle, all templates, fresh snapshots", against: "MJML, all templates", aim: 0.1 },
    { name: "Waggle, all templates, page JSON read too", against: "MJML, all templates" },
    { name: "Waggle, all templates, rendered before (memoised)" },
    { name: "MJML, 94 modules" },
    { name: "Waggle, 94 modules, fresh snapshot", against: "MJML, 94 modules", aim: 0.1 },
    { name: "Waggle, 94 modules, rendered before (memoised)" },
    { name: "Waggle, 94 modules, rendered before (memoised), one changed" },
  ]);
  return rows.map((row) => (liveEdits.has(row.name) ? { ...row, aimMs: 3 } : row));
}

/** What an editor does again and again with one large template. */
const liveEdits: ReadonlySet<string> = new Set([
  "Waggle, 94 modules, rendered before (memoised)",
  "Waggle, 94 modules, rendered before (memoised), one changed",
]);

async function each(all: readonly Subject[], work: (subject: Subject) => unknown): Promise<void> {
  for (const subject of all) await work(subject);
}

async function bytesRows(kind: string, all: readonly Subject[]): Promise<BytesRow[]> {
  const total = async (render: (subject: Subject) => string | Promise<string>): Promise<number> => {
    let sum = 0;
    for (const subject of all) sum += Buffer.byteLength(await render(subject));
    return sum;
  };
  const documents = all.length;
  const [plain, minified, waggle] = [
    await total((subject) => toMjml(subject, false)),
    await total((subject) => toMjml(subject, true)),
    await total(({ snapshot }) => renderHtml(snapshot, { sanitise })),
  ];
  const named = (name: string): string => `${name}, ${kind} templates`;
  return [
    { name: named("MJML"), documents, bytes: plain },
    { name: named("MJML minified"), documents, bytes: minified },
    { name: named("Waggle"), documents, bytes: waggle, against: named("MJML"), ratio: waggle / plain, aim: 0.6 },
    {
      name: named("Waggle"),
      documents,
      bytes: waggle,
      against: named("MJML minified"),
      ratio: waggle / minified,
      aim: 0.6,
    },
  ];
}

function bytesTable(rows: readonly BytesRow[]): string {
  const lines = rows.map(({ name, documents, bytes, against, ratio, aim }) => {
    const compared = ratio === undefined ? "–" : `${ratio.toFixed(2)} × ${against}`;
    return `| ${name} | ${documents} | ${bytes} | ${compared} | ${aim === undefined ? "–" : `≤ ${aim} ×`} |`;
  });
  return ["| | documents | bytes | ratio | aim |", "|---|---|---|---|---|", ...lines].join("\n");
}
