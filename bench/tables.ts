import type { SizeRow } from "./sizes.ts";
import type { Row } from "./statistics.ts";

/** Times as a Markdown table. */
export function timesTable(rows: readonly Row[]): string {
  const lines = rows.map(({ name, p50Ms, p99Ms, samples, against, ratio, ...aims }) => {
    const compared = ratio === undefined ? "–" : `${ratio.toFixed(2)} × ${against}`;
    return `| ${name} | ${p50Ms.toFixed(2)} | ${p99Ms.toFixed(2)} | ${samples} | ${compared} | ${aimInWords(aims)} |`;
  });
  return ["| | p50 ms | p99 ms | n | ratio of medians | aim |", "|---|---|---|---|---|---|", ...lines].join("\n");
}

function aimInWords({ aim, aimMs, aimP99Ms }: Pick<Row, "aim" | "aimMs" | "aimP99Ms">): string {
  if (aimP99Ms !== undefined) return `p99 ≤ ${aimP99Ms} ms`;
  if (aimMs !== undefined) return `≤ ${aimMs} ms`;
  return aim === undefined ? "–" : `≤ ${aim} ×`;
}

/** Sizes as a Markdown table. */
export function sizesTable(rows: readonly SizeRow[]): string {
  const lines = rows.map(({ name, minifiedKb, gzipKb, aimKb }) => {
    const aim = aimKb === undefined ? "–" : `≤ ${aimKb}`;
    return `| ${name} | ${minifiedKb.toFixed(1)} | ${gzipKb.toFixed(1)} | ${aim} |`;
  });
  return ["| | minified kB | gzip kB | aim gzip kB |", "|---|---|---|---|", ...lines].join("\n");
}
