// Import, export and comparison of page JSON, without a server.
import { applyChange, compareSnapshots, emptySnapshot, exportPage, importPage, newElementId } from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { create } from "jsondiffpatch";
import { pageOf } from "./documents.ts";
import { type Round, type Row, rowsOf } from "./statistics.ts";

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const msEach = Number(process.env.BENCH_MS ?? 400);
/** The diff of the peer that pairs list elements by their uuid, as ours does. */
const peer = create({ objectHash: (object) => String("uuid" in object ? object.uuid : JSON.stringify(object)) });

const options = { newId: newElementId, codec: htmlCodec };
const snapshotOfPage = (page: unknown) => applyChange(emptySnapshot, importPage(page, options));

/** The page after a change of each fifth module's text, one move and one deletion. */
function edited(page: EditablePage): EditablePage {
  const copy = structuredClone(page);
  const modules = copy.page.rows.flatMap((row) => row.columns.flatMap((column) => column.modules));
  for (const [at, module] of modules.entries())
    if (at % 5 === 0) module.descriptor.paragraph.html = `<p>Rewritten ${at}</p>`;
  copy.page.rows.reverse().pop();
  return copy;
}

interface EditablePage {
  page: { rows: { columns: { modules: { descriptor: { paragraph: { html: string } } }[] }[] }[] };
}

interface Contestant {
  readonly name: string;
  readonly against?: string;
  readonly aimMs?: number;
  run(): unknown;
}

function contestants(modules: number): Contestant[] {
  const text = JSON.stringify(exportPage(snapshotOfPage(pageOf(modules)), options));
  const page: EditablePage = JSON.parse(text);
  const next = edited(page);
  const [before, after] = [snapshotOfPage(page), snapshotOfPage(next)];
  const label = (what: string): string => `${modules} modules: ${what}`;
  return [
    { name: label("JSON.parse"), run: () => JSON.parse(text) },
    { name: label("import"), against: label("JSON.parse"), run: () => snapshotOfPage(JSON.parse(text)) },
    { name: label("JSON.stringify"), run: () => JSON.stringify(page) },
    { name: label("export"), against: label("JSON.stringify"), run: () => JSON.stringify(exportPage(before, options)) },
    { name: label("jsondiffpatch"), run: () => peer.diff(page, next) },
    {
      name: label("compare, with sentences"),
      against: label("jsondiffpatch"),
      run: () => compareSnapshots(before, after),
      ...(modules === 1000 ? { aimMs: 20 } : {}),
    },
  ];
}

export async function formatsBench(): Promise<Row[]> {
  const all = [60, 1000].flatMap(contestants);
  const results: Round[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const result = Object.fromEntries(all.map(({ name, run }) => [name, timesOf(run)]));
    // The first round warms up the compiler.
    if (round >= 0) results.push(result);
  }
  const aims = new Map(all.map(({ name, aimMs }) => [name, aimMs]));
  return rowsOf(results, all).map((row) => {
    const aimMs = aims.get(row.name);
    return aimMs === undefined ? row : { ...row, aimMs };
  });
}

function timesOf(run: () => unknown): number[] {
  const times: number[] = [];
  for (const end = performance.now() + msEach; performance.now() < end || times.length < 5; ) {
    const started = performance.now();
    run();
    times.push(performance.now() - started);
  }
  return times;
}
