import { isLabelParts } from "../contract/label-parts";
import type { ClusteredSample } from "../statistics/clustered-sample";
import type { Corpus } from "./corpus-draws";
import type { Frame, Parts } from "./evidence";

/** What a metric of all rows is when each cluster is left out in turn. */
export interface Jackknife {
  readonly value: number;
  /**
   * The metric as a mean over clusters: pseudo-values, whose mean has the metric's error (J. W. Tukey, Annals of Mathematical Statistics 29 (1958) 614). Many
   * clusters are left out in blocks.
   */
  readonly sample: ClusteredSample;
  readonly clusters: number;
  /** As many clusters of one weight would say as much. */
  readonly effective: number;
  /** Clusters on which the two sides are not the same. */
  readonly moved: number;
  /** By expected label: clusters that have it, as many as of one weight. Empty where the metric is not about labels. */
  readonly labels: readonly number[];
}

/** Cells looked at over all evaluations of one metric, about. */
const work = 3e7;
const fewestBlocks = 50;

interface Unit {
  /** By side: its places among the parts. */
  readonly places: readonly number[][];
  mass: number;
}

const unitsOf = (sides: readonly Parts[], frame: Frame): Unit[] => {
  const units = new Map<number, Unit>();
  const seen = new Set<number>();
  for (const [side, { rows }] of sides.entries())
    for (const [place, row] of rows.entries()) {
      const cluster = frame.clusters[row] as number;
      const unit = units.get(cluster) ?? { places: sides.map((): number[] => []), mass: 0 };
      units.set(cluster, unit);
      unit.places[side]?.push(place);
      if (seen.has(row)) continue;
      seen.add(row);
      unit.mass += frame.weights[row] as number;
    }
  return [...units.entries()].sort(([one], [other]) => one - other).map(([, unit]) => unit);
};

const keys = new WeakMap<readonly unknown[], readonly string[]>();
/** What a part says, as text: parts of one text are the same. */
const keysOf = (parts: readonly unknown[]): readonly string[] => {
  const known = keys.get(parts) ?? parts.map((part) => JSON.stringify(part));
  keys.set(parts, known);
  return known;
};

const kish = (masses: Iterable<number>) => {
  let [sum, squares] = [0, 0];
  for (const mass of masses) {
    sum += mass;
    squares += mass * mass;
  }
  return squares === 0 ? 0 : (sum * sum) / squares;
};

const labelsOf = ({ parts, rows }: Parts, frame: Frame): number[] => {
  if (!parts.every(isLabelParts)) return [];
  const masses = new Map<string, Map<number, number>>();
  for (const [place, part] of (parts as readonly { readonly actual: string }[]).entries()) {
    const own = masses.get(part.actual) ?? new Map<number, number>();
    masses.set(part.actual, own);
    const row = rows[place] as number;
    // Repeats of a row are one.
    if (rows[place - 1] === row) continue;
    const cluster = frame.clusters[row] as number;
    own.set(cluster, (own.get(cluster) ?? 0) + (frame.weights[row] as number));
  }
  return [...masses.values()].map((own) => kish(own.values()));
};

/** Units that nothing tells apart, and how many of each there are: what is left out of a metric of labels is one of a few kinds. */
const kindsOf = (units: readonly Unit[], sides: readonly Parts[]) => {
  const texts = sides.map(({ parts }) => keysOf(parts));
  const kinds = new Map<string, { unit: Unit; times: number }>();
  for (const unit of units) {
    const text = `${unit.mass}${unit.places.map((own, side) => own.map((place) => texts[side]?.[place]).join("\u0001")).join("\u0002")}`;
    const known = kinds.get(text);
    if (known === undefined) kinds.set(text, { unit, times: 1 });
    else known.times += 1;
  }
  return [...kinds.values()];
};

const inBlocks = (units: readonly Unit[], blocks: number): { unit: Unit; times: number }[] => {
  const merged = Array.from(
    { length: blocks },
    (): Unit => ({ places: units[0]?.places.map(() => []) ?? [], mass: 0 }),
  );
  for (const [index, unit] of units.entries()) {
    const block = merged[index % blocks] as Unit;
    block.mass += unit.mass;
    for (const [side, own] of unit.places.entries()) for (const place of own) block.places[side]?.push(place);
  }
  return merged.map((unit) => ({ unit, times: 1 }));
};

interface Plan {
  readonly units: readonly Unit[];
  /** One of each kind stands for all of it. */
  readonly left: readonly { readonly unit: Unit; readonly times: number }[];
  readonly labels: readonly number[];
  readonly moved: number;
}

const planOf = (sides: readonly Parts[], frame: Frame): Plan => {
  const units = unitsOf(sides, frame);
  const labels = sides[0] === undefined ? [] : labelsOf(sides[0], frame);
  const cells = sides.reduce((sum, { parts }) => sum + parts.length, 0);
  const most = Math.max(fewestBlocks, Math.floor(work / Math.max(1, cells)));
  const kinds = labels.length > 0 ? kindsOf(units, sides) : units.map((unit) => ({ unit, times: 1 }));
  const texts = sides.map(({ parts }) => keysOf(parts));
  const differs = ({ places: [own = [], other = []] }: Unit) =>
    own.length !== other.length || own.some((place, index) => texts[0]?.[place] !== texts[1]?.[other[index] as number]);
  return {
    units,
    labels,
    left: kinds.length > most ? inBlocks(units, most) : kinds,
    moved: sides.length < 2 ? 0 : units.filter(differs).length,
  };
};

const plans = new WeakMap<
  readonly unknown[],
  { readonly frame: Frame; readonly other: unknown; readonly plan: Plan }[]
>();
/** Metrics of one scorer are made of the same parts: how to leave them out is worked out once. */
const knownPlan = (sides: readonly Parts[], frame: Frame): Plan => {
  const [own, other] = sides.map(({ parts }) => parts);
  if (own === undefined) return planOf(sides, frame);
  const known = plans.get(own) ?? [];
  plans.set(own, known);
  const before = known.find((each) => each.frame === frame && each.other === other);
  if (before !== undefined) return before.plan;
  const plan = planOf(sides, frame);
  known.push({ frame, other, plan });
  return plan;
};

/** Leaves clusters out of a metric of all rows, or of its difference between two sides that have the same rows. null where it is not defined. */
export const corpusJackknife = (corpus: Corpus, sides: readonly Parts[], frame: Frame): Jackknife | null => {
  const { units, left, labels, moved } = knownPlan(sides, frame);
  const taken = sides.map(({ parts, rows, shares }, side) => {
    const places = left.flatMap(({ unit }) => unit.places[side] ?? []);
    const times = left.flatMap(({ unit, times: count }) =>
      (unit.places[side] ?? []).map(
        (place) => count * (shares[place] as number) * (frame.weights[rows[place] as number] as number),
      ),
    );
    return { parts: places.map((place) => parts[place]), times: Float64Array.from(times) };
  });
  const evaluate = (): number | null => {
    const [own, other] = taken.map(({ parts, times }) => corpus(parts, times));
    if (own === null || own === undefined || other === null) return null;
    return own - (other ?? 0);
  };
  const value = evaluate();
  if (value === null) return null;
  const mass = units.reduce((sum, unit) => sum + unit.mass, 0);
  const from = sides.map(() => 0);
  const residuals = left.map(({ unit, times: count }) => {
    const kept = taken.map(({ times }, side) => {
      const begin = from[side] as number;
      const end = begin + (unit.places[side]?.length ?? 0);
      from[side] = end;
      const before = times.slice(begin, end);
      for (let place = begin; place < end; place += 1) times[place] = ((times[place] as number) * (count - 1)) / count;
      return { times, begin, before };
    });
    const without = evaluate();
    for (const { times, begin, before } of kept) times.set(before, begin);
    return without === null ? 0 : (value - without) * (mass - unit.mass);
  });
  const sums = Float64Array.from(
    left.flatMap(({ unit, times }, place) =>
      new Array<number>(times).fill(value * unit.mass + (residuals[place] as number)),
    ),
  );
  const weights = Float64Array.from(left.flatMap(({ unit, times }) => new Array<number>(times).fill(unit.mass)));
  return {
    value,
    sample: { sums, weights, rows: units.length },
    clusters: units.length,
    effective: kish(units.map((unit) => unit.mass)),
    moved,
    labels,
  };
};
