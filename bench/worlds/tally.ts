import { play, seedOf } from "./play";
import type { World } from "./world";

/** How often what happened in the experiments of one world; `power` counts experiments with a true effect. */
export interface Tally {
  readonly world: string;
  readonly played: number;
  readonly wrong: number;
  readonly wrongAtEnd: number;
  readonly unsafe: number;
  readonly missed: number;
  readonly passed: number;
  readonly covered: number;
  readonly asked: number;
  readonly powered: number;
  readonly found: number;
  readonly advised: number;
  readonly settled: number;
}

export const noTally = (world: string): Tally => ({
  world,
  played: 0,
  wrong: 0,
  wrongAtEnd: 0,
  unsafe: 0,
  missed: 0,
  passed: 0,
  covered: 0,
  asked: 0,
  powered: 0,
  found: 0,
  advised: 0,
  settled: 0,
});

export const added = (one: Tally, other: Tally): Tally => {
  const sum = { ...one } as Record<string, number | string>;
  for (const [key, value] of Object.entries(other))
    if (typeof value === "number") sum[key] = (sum[key] as number) + value;
  return sum as unknown as Tally;
};

export interface Task {
  readonly world: string;
  readonly from: number;
  readonly to: number;
  readonly seed: number;
  /** Count how often a true effect is found, not what is said wrongly. */
  readonly power: boolean;
  /** Look a few times only. */
  readonly sparse?: boolean;
}

export const tallyOf = (world: World, { from, to, seed, power, sparse = false }: Task): Tally => {
  const effect = power ? (world.effects.power ?? 0) : world.effects.null;
  let tally = noTally(world.name);
  for (let index = from; index < to; index += 1) {
    const played = play(world, effect, seedOf(seed, `${world.name}/${power}`, index), { sparse });
    const own = power
      ? { powered: 1, found: Number(played.found) }
      : {
          played: 1,
          wrong: Number(played.wrong),
          wrongAtEnd: Number(played.wrongAtEnd),
          unsafe: Number(played.unsafe),
          missed: Number(played.missed),
          passed: Number(played.passed),
          covered: Number(played.covered === true),
          asked: Number(played.covered !== null),
          advised: Number(played.settled != null),
          settled: Number(played.settled === true),
        };
    tally = added(tally, { ...noTally(world.name), ...own });
  }
  return tally;
};
