import { isLabelParts } from "../contract/label-parts";
import type { Frame, Parts } from "./evidence";

/** What each part says, numbered: parts of one number are the same, on whichever side they stand. */
interface Codes {
  readonly of: Int32Array;
  /** All of them compare labels. */
  readonly label: boolean;
}

class Dictionary {
  private readonly texts = new Map<string, number>();
  private readonly pairs = new Map<string, Map<string, number>>();
  private readonly labels = new Map<string, number>();
  private readonly known = new WeakMap<readonly unknown[], Codes>();
  /** By number of a part: the number of the label that was expected. */
  readonly expected: number[] = [];

  get size(): number {
    return this.expected.length;
  }

  get labelCount(): number {
    return this.labels.size;
  }

  codesOf(parts: readonly unknown[]): Codes {
    const before = this.known.get(parts);
    if (before !== undefined) return before;
    const label = parts.every(isLabelParts);
    const of = new Int32Array(parts.length);
    for (const [place, part] of parts.entries())
      of[place] = isLabelParts(part) ? this.pair(part.actual, part.predicted) : this.text(JSON.stringify(part));
    const codes = { of, label };
    this.known.set(parts, codes);
    return codes;
  }

  private pair(actual: string, predicted: string): number {
    const own = this.pairs.get(actual) ?? new Map<string, number>();
    if (own.size === 0) this.pairs.set(actual, own);
    const known = own.get(predicted);
    if (known !== undefined) return known;
    const label = this.labels.get(actual) ?? this.labels.size;
    this.labels.set(actual, label);
    own.set(predicted, this.size);
    return this.expected.push(label) - 1;
  }

  private text(text: string): number {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    this.texts.set(text, this.size);
    return this.expected.push(-1) - 1;
  }
}

const dictionaries = new WeakMap<Frame, Dictionary>();
const dictionaryOf = (frame: Frame): Dictionary => {
  const known = dictionaries.get(frame) ?? new Dictionary();
  dictionaries.set(frame, known);
  return known;
};

/** Cells by cluster. Those of unit `u` on side `s` are `places[s]` from `starts[s][u]` up to, not including, `starts[s][u + 1]`. */
export interface Units {
  readonly masses: Float64Array;
  readonly starts: readonly Int32Array[];
  readonly places: readonly Int32Array[];
}

/** Clusters that have cells, in their order. */
const unitsOf = (sides: readonly Parts[], frame: Frame): Units => {
  const has = new Uint8Array(frame.planned);
  for (const { rows } of sides)
    for (let place = 0; place < rows.length; place += 1) has[frame.clusters[rows[place] as number] as number] = 1;
  const unitOf = new Int32Array(frame.planned);
  let count = 0;
  for (let cluster = 0; cluster < has.length; cluster += 1) {
    unitOf[cluster] = count;
    count += has[cluster] as number;
  }
  const at = (row: number) => unitOf[frame.clusters[row] as number] as number;
  const masses = new Float64Array(count);
  const seen = new Uint8Array(frame.rows.length);
  const starts = sides.map(({ rows }) => {
    const own = new Int32Array(count + 1);
    for (let place = 0; place < rows.length; place += 1) {
      const row = rows[place] as number;
      const unit = at(row);
      own[unit + 1] = (own[unit + 1] as number) + 1;
      if (seen[row] === 1) continue;
      seen[row] = 1;
      masses[unit] = (masses[unit] as number) + (frame.weights[row] as number);
    }
    for (let unit = 0; unit < count; unit += 1) own[unit + 1] = (own[unit + 1] as number) + (own[unit] as number);
    return own;
  });
  const places = sides.map(({ rows }, side) => {
    const next = Int32Array.from(starts[side] as Int32Array);
    const own = new Int32Array(rows.length);
    for (let place = 0; place < rows.length; place += 1) {
      const unit = at(rows[place] as number);
      const to = next[unit] as number;
      own[to] = place;
      next[unit] = to + 1;
    }
    return own;
  });
  return { masses, starts, places };
};

/** As many of one weight as would say as much: (Σ w)² / Σ w². */
export const kish = (masses: Float64Array): number => {
  let [sum, squares] = [0, 0];
  for (const mass of masses) {
    sum += mass;
    squares += mass * mass;
  }
  return squares === 0 ? 0 : (sum * sum) / squares;
};

/** By expected label of the first side: clusters that have it, as many as of one weight. Empty where the parts are not about labels. */
const labelsOf = (units: Units, { parts, rows }: Parts, frame: Frame): number[] => {
  const dictionary = dictionaryOf(frame);
  const codes = dictionary.codesOf(parts);
  if (!codes.label) return [];
  const [starts, places] = [units.starts[0] as Int32Array, units.places[0] as Int32Array];
  const sums = new Float64Array(dictionary.labelCount);
  const squares = new Float64Array(dictionary.labelCount);
  const own = new Float64Array(dictionary.labelCount);
  const asked = new Uint8Array(dictionary.labelCount);
  const labelAt = (place: number) => dictionary.expected[codes.of[place] as number] as number;
  for (let unit = 0; unit < units.masses.length; unit += 1) {
    const [from, to] = [starts[unit] as number, starts[unit + 1] as number];
    for (let index = from; index < to; index += 1) {
      const place = places[index] as number;
      const row = rows[place] as number;
      // Repeats of a row are one.
      if (rows[place - 1] === row) continue;
      const label = labelAt(place);
      asked[label] = 1;
      own[label] = (own[label] as number) + (frame.weights[row] as number);
    }
    for (let index = from; index < to; index += 1) {
      const label = labelAt(places[index] as number);
      const mass = own[label] as number;
      sums[label] = (sums[label] as number) + mass;
      squares[label] = (squares[label] as number) + mass * mass;
      own[label] = 0;
    }
  }
  return Array.from(sums).flatMap((sum, label) =>
    asked[label] === 1 ? [squares[label] === 0 ? 0 : sum ** 2 / (squares[label] as number)] : [],
  );
};

/** Units that are left out together, or one that stands for `times` alike. */
export interface LeftOut {
  readonly units: readonly number[];
  readonly times: number;
}

/** Units that nothing tells apart: what is left out of a metric of labels is one of a few kinds. */
const kindsOf = ({ masses, starts, places }: Units, codes: readonly Codes[], size: number): LeftOut[] => {
  const numbers = new Map<string | number, number>();
  const first: number[] = [];
  const times: number[] = [];
  const weights = new Map<number, number>();
  for (let unit = 0; unit < masses.length; unit += 1) {
    const mass = masses[unit] as number;
    const weight = weights.get(mass) ?? weights.size;
    weights.set(mass, weight);
    let [key, single] = [weight, true];
    for (let side = 0; side < codes.length; side += 1) {
      const own = starts[side] as Int32Array;
      const from = own[unit] as number;
      if ((own[unit + 1] as number) - from === 1)
        key = key * size + (codes[side]?.of[places[side]?.[from] as number] as number);
      else single = false;
    }
    const spelled = () =>
      `${weight}|${codes
        .map(({ of }, side) => {
          const own = starts[side] as Int32Array;
          return Array.from(places[side]?.subarray(own[unit], own[unit + 1]) ?? [], (place) => of[place]).join();
        })
        .join("|")}`;
    const name = single && key <= Number.MAX_SAFE_INTEGER ? key : spelled();
    const known = numbers.get(name);
    if (known === undefined) {
      numbers.set(name, first.length);
      first.push(unit);
      times.push(1);
    } else times[known] = (times[known] as number) + 1;
  }
  return first.map((unit, kind) => ({ units: [unit], times: times[kind] as number }));
};

const inBlocks = (left: readonly LeftOut[], blocks: number): LeftOut[] => {
  const merged = Array.from({ length: blocks }, (): number[] => []);
  for (const [index, { units }] of left.entries()) merged[index % blocks]?.push(...units);
  return merged.map((units) => ({ units, times: 1 }));
};

const movedOf = ({ masses, starts, places }: Units, codes: readonly Codes[]): number => {
  const [own, other] = codes;
  if (own === undefined || other === undefined) return 0;
  const [ownStarts, otherStarts] = starts as [Int32Array, Int32Array];
  const [ownPlaces, otherPlaces] = places as [Int32Array, Int32Array];
  let moved = 0;
  for (let unit = 0; unit < masses.length; unit += 1) {
    const [from, to] = [ownStarts[unit] as number, ownStarts[unit + 1] as number];
    const otherFrom = otherStarts[unit] as number;
    let differs = to - from !== (otherStarts[unit + 1] as number) - otherFrom;
    for (let step = 0; step < to - from && !differs; step += 1)
      differs = own.of[ownPlaces[from + step] as number] !== other.of[otherPlaces[otherFrom + step] as number];
    if (differs) moved += 1;
  }
  return moved;
};

export interface LeavingOut {
  readonly units: Units;
  readonly mass: number;
  readonly effective: number;
  readonly left: readonly LeftOut[];
  readonly labels: readonly number[];
  /** Units on which the two sides are not the same. */
  readonly moved: number;
}

/** Cells looked at over all evaluations of one metric, about. */
const work = 3e7;
const fewestBlocks = 50;

const planOf = (sides: readonly Parts[], frame: Frame): LeavingOut => {
  const units = unitsOf(sides, frame);
  const dictionary = dictionaryOf(frame);
  const codes = sides.map(({ parts }) => dictionary.codesOf(parts));
  const labels = sides[0] === undefined ? [] : labelsOf(units, sides[0], frame);
  const cells = sides.reduce((sum, { parts }) => sum + parts.length, 0);
  const most = Math.max(fewestBlocks, Math.floor(work / Math.max(1, cells)));
  const count = units.masses.length;
  const singles = () => Array.from({ length: count }, (_, unit): LeftOut => ({ units: [unit], times: 1 }));
  const kinds = labels.length > 0 ? kindsOf(units, codes, dictionary.size) : singles();
  return {
    units,
    mass: units.masses.reduce((sum, each) => sum + each, 0),
    effective: kish(units.masses),
    labels,
    left: kinds.length > most ? inBlocks(singles(), most) : kinds,
    moved: movedOf(units, codes),
  };
};

const plans = new WeakMap<
  readonly unknown[],
  { readonly frame: Frame; readonly other: unknown; readonly plan: LeavingOut }[]
>();

/** How to leave clusters out. Metrics of one scorer are made of the same parts: it is worked out once. */
export const leavingOut = (sides: readonly Parts[], frame: Frame): LeavingOut => {
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
