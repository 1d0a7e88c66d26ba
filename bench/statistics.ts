/** Percentile of unsorted samples, by nearest rank. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/** One line of a result: what was measured, against which peer, and the ratio of the medians. */
export interface Row {
  readonly name: string;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly samples: number;
  /** Name of the row this one is compared with, absent on the floor. */
  readonly against?: string;
  /** Median over the rounds of this row's p50 divided by the peer's p50 of the same round. */
  readonly ratio?: number;
  /** What the ratio should not exceed. */
  readonly aim?: number;
  /** What the median should not exceed. */
  readonly aimMs?: number;
  /** What the 99th percentile should not exceed. */
  readonly aimP99Ms?: number;
}

export interface Round {
  readonly [name: string]: readonly number[];
}

/** Rows from interleaved rounds; ratios are taken within a round, because the machine's speed drifts between them. */
export function rowsOf(
  rounds: readonly Round[],
  comparisons: readonly { name: string; against?: string; aim?: number }[],
): Row[] {
  return comparisons.map(({ name, against, aim }) => {
    const samples = rounds.flatMap((round) => round[name] ?? []);
    const row = { name, p50Ms: median(samples), p99Ms: percentile(samples, 0.99), samples: samples.length };
    if (!against) return row;
    const ratios = rounds.map((round) => median(round[name] ?? []) / median(round[against] ?? []));
    return { ...row, against, ratio: median(ratios), ...(aim === undefined ? {} : { aim }) };
  });
}
