import { normalQuantile } from "./normal";

/** Power that plans aim at. */
export const usualPower = 0.8;

/**
 * Rows that show a true difference of paired shares with the power asked for: R. J. Connor, "Sample size for testing differences in proportions for the
 * paired-sample design", Biometrics 43 (1987) 207, eq. 3. `discordant` is the share of rows that only one side has right.
 */
export const rowsForShares = (difference: number, discordant: number, alpha: number, power = usualPower): number => {
  const [own, other] = [normalQuantile(1 - alpha / 2), normalQuantile(power)];
  const rest = Math.max(0, discordant - difference * difference);
  return Math.ceil(((own * Math.sqrt(discordant) + other * Math.sqrt(rest)) / difference) ** 2);
};

/**
 * Rows (or clusters) that show a true mean difference with the power asked for, by a two-sided paired t test: ((z_{1-α/2} + z_power) s / δ)² + z²_{1-α/2} / 2, the
 * second term for the t distribution (W. C. Guenther, The American Statistician 35 (1981) 243).
 */
export const rowsForMean = (difference: number, deviation: number, alpha: number, power = usualPower): number => {
  const [own, other] = [normalQuantile(1 - alpha / 2), normalQuantile(power)];
  return Math.ceil((((own + other) * deviation) / difference) ** 2 + (own * own) / 2);
};

/** The smallest true difference that shows with the power asked for where it is known to so much, `error`: the inverse of `rowsForMean` for many rows. */
export const detectableMean = (error: number, alpha: number, power = usualPower): number =>
  (normalQuantile(1 - alpha / 2) + normalQuantile(power)) * error;
