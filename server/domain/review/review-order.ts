import { createHash } from "node:crypto";
import { seededRandom, shuffle } from "@/runtime/fine-tuning/seeded-random";

export interface ReviewPlace {
  readonly row: number;
  readonly variant: number;
}

const seedOf = (text: string): number => createHash("sha256").update(text).digest().readUInt32LE(0);

/** All that can be judged, shuffled: the same order for everybody, so that what several people judge overlaps. */
export const reviewOrder = (
  experimentId: string,
  scorerId: string,
  rows: number,
  variants: readonly number[],
): readonly ReviewPlace[] => {
  const places = Array.from({ length: rows }, (_, row) => variants.map((variant) => ({ row, variant }))).flat();
  return shuffle(places, seededRandom(seedOf(`${experimentId}/${scorerId}`)));
};

/** Whether the baseline stands on the left: drawn anew for every reviewer and place, and always the same for these. */
export const baselineLeft = (experimentId: string, scorerId: string, reviewer: string, at: number): boolean =>
  seedOf(`${experimentId}/${scorerId}/${reviewer}/${at}`) % 2 === 0;
