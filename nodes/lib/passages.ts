import type { Source } from "@/runtime/node/source";

/** Where a passage is from, as people say it: "Manual.pdf, p. 12, Cleaning > Filter". */
export const placeOf = ({ documentName, page, heading }: Source): string =>
  [documentName, page === undefined ? null : `p. ${page}`, heading ?? null].filter((part) => part !== null).join(", ");

/**
 * Passages as a numbered text for a prompt, best first, in at most `budget` characters: "[1] (Manual.pdf, p. 12)\n…". A passage that does not
 * fit whole is cut where it is the first, and left out with all after it where it is not, so that the numbers go on without a gap.
 */
export const numberedPassages = (sources: readonly Source[], budget: number): string => {
  let text = "";
  for (const [index, source] of sources.entries()) {
    const passage = `[${index + 1}] (${placeOf(source)})\n${source.text.trim()}`;
    const next = text === "" ? passage : `${text}\n\n${passage}`;
    if (next.length > budget) return text === "" ? next.slice(0, budget).toWellFormed() : text;
    text = next;
  }
  return text;
};
