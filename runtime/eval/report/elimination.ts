import type { MetricDefinition } from "../contract/metric";
import type { Score } from "../contract/scorer";
import type { Frame, MetricEvidence } from "./evidence";
import { differencesOf, findingOf } from "./find";
import type { Bounds } from "./finding";

/** A variant that is not run any further: after so many rows, in the order in which they are run, another one was surely better. */
export interface Drop {
  readonly variant: number;
  readonly rows: number;
  readonly by: number;
}

/** Level of one pair's band: any two variants may be compared, k (k - 1) / 2 of them. */
export const pairLevel = (alpha: number, variants: number): number =>
  alpha / Math.max(1, (variants * (variants - 1)) / 2);

/** Rows between two times that somebody may be dropped. */
const leastStep = 10;
/** Most of these times in one experiment. */
const mostTimes = 200;
export const rowsBetweenDrops = (rows: number): number => Math.max(leastStep, Math.ceil(rows / mostTimes));

/** Band of one variant's lead over another in the first rows, with all of its level: a drop stands, whatever the end would have said; positive where it is the better one; null where too little is known. */
export const leadOf = (
  evidence: Pick<MetricEvidence, "kind" | "definition" | "values">,
  frame: Frame,
  { better, worse, rows, level }: { better: number; worse: number; rows: number; level: number },
): (Bounds & { readonly value: number }) | null => {
  const sign = evidence.definition.better === "higher" ? 1 : -1;
  const differences = differencesOf(evidence as MetricEvidence, better, worse).map((value, row) =>
    row < rows ? sign * value : Number.NaN,
  );
  const finding = findingOf(differences, frame, evidence);
  const bounds = finding?.sequence?.(level, true) ?? null;
  return finding === null || bounds === null ? null : { value: finding.value, low: bounds.low, high: bounds.high };
};

export interface EliminationSetUp {
  readonly variants: number;
  readonly baseline: number;
  readonly repeats: number;
  readonly alpha: number;
  readonly scorerId: string;
  readonly definition: MetricDefinition;
}

/**
 * Drops losers while an experiment runs: successive elimination (E. Even-Dar, S. Mannor and Y. Mansour, JMLR 7 (2006) 1079) on the experiment's own bands, which hold at all
 * times at once. Somebody is dropped where the leader of those that are left is surely better, at alpha / (k (k - 1) / 2), so that of all that are dropped anybody is
 * wrongly in at most alpha of experiments, and the best one in alpha / k. The baseline stays as long as anybody is left to be compared with it. What
 * is decided hangs on the first rows in their order alone, not on the order in which answers come. For scores between 0 and 1.
 */
export class Elimination {
  readonly #sums: readonly Float64Array[];
  readonly #counts: readonly Uint16Array[];
  /** Answers that are there, with a value or without. */
  readonly #there: readonly Uint16Array[];
  /** Answers that should have a value and have none. */
  readonly #lacks: readonly Uint16Array[];
  readonly #drops: Drop[];
  readonly #step: number;
  /** Rows that all who are left have answered. */
  #complete = 0;
  #next: number;

  constructor(
    private readonly frame: Frame,
    private readonly setUp: EliminationSetUp,
    /** What was decided before: it stands. */
    drops: readonly Drop[] = [],
  ) {
    const rows = frame.rows.length;
    const each = <Values>(make: () => Values) => Array.from({ length: setUp.variants }, make);
    this.#sums = each(() => new Float64Array(rows));
    this.#counts = each(() => new Uint16Array(rows));
    this.#there = each(() => new Uint16Array(rows));
    this.#lacks = each(() => new Uint16Array(rows));
    this.#drops = [...drops];
    this.#step = rowsBetweenDrops(rows);
    const last = Math.max(0, ...drops.map((drop) => drop.rows));
    this.#next = (Math.floor(last / this.#step) + 1) * this.#step;
  }

  get drops(): readonly Drop[] {
    return this.#drops;
  }

  isDropped(variant: number): boolean {
    return this.#drops.some((drop) => drop.variant === variant);
  }

  /** One answer; `score` is undefined where it has none. */
  add(variant: number, row: number, score: Score | undefined): void {
    const { key } = this.setUp.definition;
    const there = this.#there[variant];
    if (there === undefined || row >= there.length) return;
    there[row] = (there[row] as number) + 1;
    const value = score?.values[key];
    const lacks = this.#lacks[variant] as Uint16Array;
    if (score?.lacking?.includes(key) === true) lacks[row] = (lacks[row] as number) + 1;
    else if (typeof value === "number" && Number.isFinite(value)) this.#put(variant, row, value);
  }

  #put(variant: number, row: number, value: number) {
    const [sums, counts] = [this.#sums[variant] as Float64Array, this.#counts[variant] as Uint16Array];
    sums[row] = (sums[row] as number) + value;
    counts[row] = (counts[row] as number) + 1;
  }

  /** Drops whoever it is time for; gives those dropped now. */
  decide(): readonly Drop[] {
    const before = this.#drops.length;
    const { repeats } = this.setUp;
    for (;;) {
      const left = this.#left();
      if (left.length < 2) break;
      while (
        this.#complete < this.frame.rows.length &&
        left.every((variant) => (this.#there[variant]?.[this.#complete] ?? 0) >= repeats)
      )
        this.#complete += 1;
      if (this.#next > this.#complete || this.#next >= this.frame.rows.length) break;
      this.#decideAt(this.#next, left);
      this.#next += this.#step;
    }
    return this.#drops.slice(before);
  }

  #left(): number[] {
    return Array.from({ length: this.setUp.variants }, (_, variant) => variant).filter(
      (variant) => !this.isDropped(variant),
    );
  }

  #decideAt(rows: number, left: readonly number[]) {
    const { alpha, variants, baseline, definition } = this.setUp;
    const values = this.#valuesOf(rows);
    const evidence = { kind: "mean" as const, definition, values };
    const sign = definition.better === "higher" ? 1 : -1;
    const meanOf = (variant: number) => {
      let [sum, mass] = [0, 0];
      for (let row = 0; row < rows; row += 1) {
        const value = values[variant]?.[row] ?? Number.NaN;
        if (Number.isNaN(value)) continue;
        sum += value * (this.frame.weights[row] as number);
        mass += this.frame.weights[row] as number;
      }
      return mass > 0 ? (sign * sum) / mass : Number.NEGATIVE_INFINITY;
    };
    const [leader] = left.toSorted((one, other) => meanOf(other) - meanOf(one) || one - other);
    if (leader === undefined) return;
    const level = pairLevel(alpha, variants);
    for (const variant of left) {
      if (variant === leader || variant === baseline) continue;
      const lead = leadOf(evidence, this.frame, { better: leader, worse: variant, rows, level });
      if (lead !== null && lead.low > 0) this.#drops.push({ variant, rows, by: leader });
    }
  }

  /** Means of the first rows; what failed counts as the worst value among them. */
  #valuesOf(rows: number): Float64Array[] {
    const lower = this.setUp.definition.better === "lower";
    const means = this.#sums.map((sums, variant) =>
      sums.map((sum, row) => {
        const count = this.#counts[variant]?.[row] ?? 0;
        return row >= rows || count === 0 ? Number.NaN : sum / count;
      }),
    );
    let worst = lower ? 0 : 1;
    for (const each of means)
      for (const mean of each) if (!Number.isNaN(mean)) worst = lower ? Math.max(worst, mean) : Math.min(worst, mean);
    for (const [variant, own] of means.entries())
      for (let row = 0; row < rows; row += 1) {
        const lacks = this.#lacks[variant]?.[row] ?? 0;
        const count = this.#counts[variant]?.[row] ?? 0;
        if (lacks > 0) own[row] = ((this.#sums[variant]?.[row] ?? 0) + lacks * worst) / (count + lacks);
      }
    return means;
  }
}
