/** The three shapes every engine is measured on. */
export interface BenchNode {
  readonly id: string;
  readonly needs: readonly string[];
}
export type BenchGraph = readonly BenchNode[];

/** The work of a node that does next to nothing: a short text of its inputs. */
export const work = (id: string, inputs: readonly string[]): string => `${id}(${inputs.join(",")})`.slice(0, 40);

/** mulberry32: the same graph on every machine. */
export const randomFrom = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};

const chain = (length: number): BenchGraph =>
  Array.from({ length }, (_, index) => ({ id: `n${index}`, needs: index === 0 ? [] : [`n${index - 1}`] }));

const fan = (width: number): BenchGraph => {
  const middle = Array.from({ length: width }, (_, index) => ({ id: `f${index}`, needs: ["start"] }));
  return [{ id: "start", needs: [] }, ...middle, { id: "end", needs: middle.map(({ id }) => id) }];
};

/** Each node needs one to three of the fifty before it. */
const random = (size: number, seed: number): BenchGraph => {
  const next = randomFrom(seed);
  return Array.from({ length: size }, (_, index) => {
    const needs = new Set<string>();
    const count = index === 0 ? 0 : 1 + Math.floor(next() * 3);
    for (let taken = 0; taken < count; taken++) {
      needs.add(`n${Math.max(0, index - 1 - Math.floor(next() * Math.min(index, 50)))}`);
    }
    return { id: `n${index}`, needs: [...needs] };
  });
};

export const graphs = { "chain 10": chain(10), "fan 100": fan(100), "random 1000": random(1000, 7) } as const;
export type GraphName = keyof typeof graphs;
