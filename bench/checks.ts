// All checks of an e-mail, without network, against what a validator of HTML takes to look at the same e-mail.
import { checksFor, runChecks } from "@waggle/checks";
import { renderHtml } from "@waggle/render/html";
import { applyChange, emptySnapshot, importPage, newElementId, type Snapshot } from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { HtmlValidate } from "html-validate";
import { type Round, type Row, rowsOf } from "./statistics.ts";

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const msEach = Number(process.env.BENCH_MS ?? 400);
const rows = 10;
const peer = "html-validate, a11y preset, rendered before";

const words = "Nine night trains leave after dinner and wake you up by the sea, from thirty-nine euros a berth. ";

const moduleOf = (type: string, descriptor: object): object => ({
  type: `mailup-bee-newsletter-modules-${type}`,
  descriptor,
});

/** Six modules as e-mails have them, with something to find in some of them. */
function modulesOf(row: number): readonly object[] {
  const bold = `<strong>${words}</strong><span style="color:#999999;font-size:12px">${words}</span>`;
  return [
    moduleOf("heading", {
      heading: { title: row === 0 ? "h1" : "h2", text: `Row ${row}`, style: { "font-size": "28px", color: "#222222" } },
    }),
    moduleOf("paragraph", {
      paragraph: {
        html: `<p>${words.repeat(2)}${bold}</p><p><a href="https://example.com/${row}" style="color:#0068a5">More</a> ${words}</p>`,
        style: { "font-size": "16px", color: "#222222" },
      },
    }),
    moduleOf("image", {
      image: {
        src: `https://example.com/${row}.png`,
        alt: row % 3 === 0 ? "" : "A train",
        href: "https://example.com",
      },
    }),
    moduleOf("button", {
      button: {
        label: "Book a berth",
        href: row % 4 === 0 ? "" : "https://example.com",
        style: { color: "#ffffff", "background-color": "#3aaee0", "font-size": "16px" },
      },
    }),
    moduleOf("list", { list: { html: `<ul><li>${words}</li><li>${words}</li></ul>`, style: { "font-size": "14px" } } }),
    moduleOf("menu", {
      menuItemsList: {
        items: ["Home", "Trains", "Help"].map((text) => ({ text, link: { href: "https://example.com" } })),
      },
    }),
  ];
}

/** Sixty modules in ten rows. */
function template(): Snapshot {
  const page = {
    head: { meta: { subject: "Night trains", preheader: "From 39 euros", lang: "en" } },
    body: { content: { computedStyle: { messageWidth: "600px", linkColor: "#0068a5" } } },
    rows: Array.from({ length: rows }, (_row, at) => ({ columns: [{ "grid-columns": 12, modules: modulesOf(at) }] })),
  };
  return applyChange(emptySnapshot, importPage({ page }, { newId: newElementId, codec: htmlCodec }));
}

interface Contestant {
  readonly name: string;
  readonly against?: string;
  readonly aimMs?: number;
  run(): Promise<unknown> | unknown;
}

function contestants(): readonly Contestant[] {
  const snapshot = template();
  const { sanitise } = htmlCodec;
  const html = renderHtml(snapshot, { sanitise });
  const validator = new HtmlValidate({ root: true, extends: ["html-validate:a11y"] });
  const categories = checksFor("message");
  const found = runChecks(snapshot, { medium: "message", categories }).flatMap(({ findings }) => findings);
  if (found.length < rows) throw new Error(`Only ${found.length} findings: there is nothing to measure.`);
  const ports = { html: () => renderHtml(snapshot, { sanitise }) };
  return [
    { name: peer, run: () => validator.validateString(html) },
    { name: "all checks", against: peer, aimMs: 5, run: () => runChecks(snapshot, { medium: "message", categories }) },
    {
      name: "all checks, with the HTML rendered to be weighed",
      against: peer,
      run: () => runChecks(snapshot, { medium: "message", categories, ports }),
    },
  ];
}

export async function checksBench(): Promise<Row[]> {
  const all = contestants();
  const results: Round[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const result: Record<string, readonly number[]> = {};
    for (const { name, run } of all) result[name] = await timesOf(run);
    // The first round warms up the compiler.
    if (round >= 0) results.push(result);
  }
  const aims = new Map(all.map(({ name, aimMs }) => [name, aimMs]));
  return rowsOf(results, all).map((row) => {
    const aimMs = aims.get(row.name);
    return aimMs === undefined ? row : { ...row, aimMs };
  });
}

async function timesOf(run: () => Promise<unknown> | unknown): Promise<number[]> {
  const times: number[] = [];
  for (const end = performance.now() + msEach; performance.now() < end || times.length < 5; ) {
    const started = performance.now();
    await run();
    times.push(performance.now() - started);
  }
  return times;
}
