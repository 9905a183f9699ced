import type { NodeContext } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { Source } from "@/runtime/node/source";

/** The passages in the order a reranking model gives them, each with its score, at most `topN`. */
export const bestFirst = async (
  ctx: Pick<NodeContext, "model">,
  model: string,
  query: string,
  sources: readonly Source[],
  topN: number,
): Promise<readonly Source[]> => {
  const { results } = await ctx.model.rerank({ model, query, documents: sources.map(({ text }) => text), topN });
  const seen = new Set<number>();
  return results.slice(0, topN).map(({ index, score }) => {
    const source = sources[index];
    if (source === undefined || seen.has(index)) {
      throw new NodeFailure(
        "model-protocol",
        `The reranking model ranked a passage ${index} that it was not given, or twice.`,
      );
    }
    seen.add(index);
    return { ...source, score };
  });
};
