import { type EmbedTexts, rerankDocuments } from "../rerank/rerank-documents";
import type { Sight } from "./describe-sights";

/** Lines of text a picture that a question is answered from. More only confuse a small model, and a page has more than it reads. */
const MOST_LINES = 8;
/** A page of small print has fewer. */
const MOST_CANDIDATES = 200;

/** The lines that a question is most likely about, in their order; all of them where they are few. */
export async function relevantLines(question: string, sights: readonly Sight[], embed: EmbedTexts): Promise<Sight[]> {
  const shortened: Sight[] = [];
  for (const sight of sights) {
    const ranked =
      sight.lines.length > MOST_LINES
        ? await rerankDocuments(question, sight.lines.slice(0, MOST_CANDIDATES), embed)
        : undefined;
    if (!ranked?.ok) {
      shortened.push(sight);
      continue;
    }
    const kept = new Set(ranked.value.ranked.slice(0, MOST_LINES).map(({ index }) => index));
    shortened.push({ ...sight, lines: sight.lines.filter((_, index) => kept.has(index)) });
  }
  return shortened;
}
