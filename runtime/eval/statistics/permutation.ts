import { seededRandom } from "@/runtime/fine-tuning/seeded-random";

/** Differences up to which all signs are gone through. */
const mostExact = 14;
/** Differences looked at over all draws, about; and the fewest draws. */
const work = 2e7;
const fewest = 199;
const usualDraws = 9_999;

/**
 * Sign-flip permutation test of paired differences (R. A. Fisher, The Design of Experiments, 1935, ch. 3): two-sided p-value of the mean under "each difference could as
 * well have had the other sign". Exact for few; beyond, by random flips with the count that keeps its level: (1 + as extreme) / (1 + draws) (B. Phipson and G. K. Smyth,
 * "Permutation P-values should never be zero", 2010). The seed alone decides.
 */
export const signFlipTest = (differences: ArrayLike<number>, seed = 1): number => {
  const moved = Float64Array.from(Array.from(differences).filter((each) => each !== 0 && !Number.isNaN(each)));
  const count = moved.length;
  if (count === 0) return 1;
  const sum = moved.reduce((total, each) => total + each, 0);
  // Sums of the same differences in another order may differ in their last digits.
  const bound = Math.abs(sum) * (1 - 1e-12);
  let extreme = 0;
  if (count <= mostExact) {
    for (let signs = 0; signs < 2 ** count; signs += 1) {
      let flipped = 0;
      for (let index = 0; index < count; index += 1)
        flipped += signs & (1 << index) ? -(moved[index] as number) : (moved[index] as number);
      if (Math.abs(flipped) >= bound) extreme += 1;
    }
    return extreme / 2 ** count;
  }
  const draws = Math.max(fewest, Math.min(usualDraws, Math.floor(work / count)));
  const random = seededRandom(seed);
  for (let draw = 0; draw < draws; draw += 1) {
    let flipped = 0;
    let bits = 0;
    for (let index = 0; index < count; index += 1) {
      if (index % 30 === 0) bits = Math.floor(random() * 2 ** 30);
      flipped += bits & (1 << (index % 30)) ? -(moved[index] as number) : (moved[index] as number);
    }
    if (Math.abs(flipped) >= bound) extreme += 1;
  }
  return (1 + extreme) / (1 + draws);
};
