import { seededRandom } from "@/runtime/fine-tuning/seeded-random";
import type { Cell } from "../contract/cell";
import type { MetricDefinition } from "../contract/metric";
import type { ReportInput } from "../contract/report-input";

const title = (text: string) => ({ en: text, zh: text });

export const accuracy: MetricDefinition = { key: "right", title: title("Right"), scale: "binary", better: "higher" };
export const latency: MetricDefinition = {
  key: "duration",
  title: title("Latency"),
  scale: "number",
  better: "lower",
  unit: "milliseconds",
};
export const agreement: MetricDefinition = {
  key: "micro",
  title: title("Share that agrees"),
  scale: "unit",
  better: "higher",
  corpus: (parts, times) => {
    let [hits, all] = [0, 0];
    for (let index = 0; index < parts.length; index += 1) {
      const { actual, predicted } = parts[index] as { actual: string; predicted: string };
      const time = times[index] as number;
      all += time;
      if (actual === predicted) hits += time;
    }
    return all === 0 ? null : hits / all;
  },
};

/** An experiment whose variants are right with the shares given; the first is the baseline. */
export const experiment = (
  shares: readonly number[],
  rows: number,
  { seed = 1, repeats = 1, groups = 0 }: { seed?: number; repeats?: number; groups?: number } = {},
): ReportInput => {
  const random = seededRandom(seed);
  const cells = Array.from({ length: rows }, (_, row) => row).flatMap((row) => {
    const ease = random();
    return shares.flatMap((share, variant) =>
      Array.from({ length: repeats }, (_unused, repeat): Cell => {
        const right = 0.5 * ease + 0.5 * random() < share;
        const actual = row % 3 === 0 ? "yes" : "no";
        return {
          variant,
          row,
          repeat,
          status: "success",
          durationMs: 100,
          inputTokens: 10,
          outputTokens: 5,
          costMicroUsd: 7,
          scores: {
            labels: {
              values: { right: right ? 1 : 0 },
              parts: { actual, predicted: right ? actual : "other" },
            },
            time: { values: { duration: 100 * Math.exp(random()) * (1 + variant / 10) } },
          },
        };
      }),
    );
  });
  return {
    madeAt: "2026-01-09T00:00:00.000Z",
    alpha: 0.05,
    correction: "holm",
    margin: null,
    seed: 1,
    variants: shares.map((_, variant) => ({ key: "abcdefgh"[variant] ?? "z", label: `Variant ${variant}` })),
    baseline: 0,
    repeats,
    primary: "labels.right",
    scorers: [
      { id: "labels", title: title("Labels"), metrics: [accuracy, agreement], pairwise: false, counts: true },
      { id: "time", title: title("Time"), metrics: [latency], pairwise: false, counts: true },
    ],
    rows: Array.from({ length: rows }, (_, row) => ({
      weight: 1,
      tags: row % 2 === 0 ? ["even"] : ["odd"],
      split: "test",
      group: groups > 0 ? `g${row % groups}` : null,
    })),
    cells,
    pairs: [],
    cached: shares.map(() => 0),
    cellsTotal: cells.length,
    cautions: [],
  };
};
