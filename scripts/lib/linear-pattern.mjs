import { analyse } from "scslre";

/**
 * Why a regular expression may take more than linear time on a text that is made to be slow; empty where it cannot. Found by its form (repetitions that
 * can take each other's part, or that are tried anew from every place), not by trying it on texts.
 * @param {string} source @param {string} flags @returns {string[]}
 */
export function slownessOf(source, flags) {
  // Where matches begin and end makes no difference, and the analysis does not know the flag.
  const { reports } = analyse({ source, flags: flags.replace("d", "") });
  return reports.map(({ type, exponential }) => `${exponential ? "exponential" : "quadratic"} (${type.toLowerCase()})`);
}
