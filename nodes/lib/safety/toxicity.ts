import type { ModerateReply, ModerateRequest } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { Finding } from "./finding";
import { piecesOf } from "./pieces";

/** Short enough for a finding to say where, and for any endpoint to take so many at once. */
const pieceCharacters = 2000;
const piecesAtOnce = 32;

/** Some models score what is harmless too. */
const harmless = /^(?:normal|neutral|safe|none|benign|harmless|ok|clean|(?:non|not)[-_ ]?.+)$/i;

export interface Toxicity {
  /** Of the worst piece and category; 0 where there is nothing to read. */
  readonly score: number;
  /** Whatever scores above the threshold. */
  readonly findings: readonly Finding[];
}

/** Asks a moderation model about the text, piece by piece. `threshold` is exclusive. */
export const findToxicity = async (
  text: string,
  { model, threshold }: { readonly model: string; readonly threshold: number },
  moderate: (request: ModerateRequest) => Promise<ModerateReply>,
): Promise<Toxicity> => {
  const pieces = piecesOf(text, pieceCharacters);
  const findings: Finding[] = [];
  let worst = 0;
  for (let from = 0; from < pieces.length; from += piecesAtOnce) {
    const batch = pieces.slice(from, from + piecesAtOnce);
    const { results } = await moderate({ model, input: batch.map((piece) => piece.text) });
    if (results.length !== batch.length) {
      throw new NodeFailure(
        "model-protocol",
        `The moderation model judged ${results.length} of ${batch.length} texts.`,
      );
    }
    for (const [index, { scores }] of results.entries()) {
      const { start = 0, end = 0 } = batch[index] ?? {};
      for (const [kind, score] of Object.entries(scores)) {
        if (harmless.test(kind)) continue;
        worst = Math.max(worst, score);
        if (score > threshold) findings.push({ part: "toxicity", kind, start, end, score: Math.min(1, score) });
      }
    }
  }
  return { score: worst, findings };
};
