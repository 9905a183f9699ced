import { meanScores } from "@/runtime/knowledge/search/retrieval-metrics";
import type { Database } from "@/server/platform/db/database";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { asQuestion } from "./embedded-text";
import { findBase, indexInUse } from "./find-base";
import { type MeasureReply, measureInput, searchWays } from "./knowledge.types";
import { asModelRefusal } from "./model-refusal";
import type { IndexInUse } from "./search/index-in-use";
import { ownCall } from "./search/own-call";
import { readSources } from "./search/read-sources";
import { searchIndex } from "./search/search-index";

/** Questions whose vectors are asked for at once. */
const batch = 64;

/** How well each way finds the answers of the base's labelled questions. A passage is right when it holds one of them. */
export const measureBase = viewerProcedure
  .input(measureInput)
  .query(async ({ ctx, input, signal }): Promise<MeasureReply> => {
    const { database, workspaceId } = ctx;
    const { topK } = input;
    const base = await findBase(database, workspaceId, input.id);
    const questions = await database.prisma.knowledgeQuestion.findMany({
      where: { workspaceId, knowledgeBaseId: base.id },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    });
    const call = ownCall(database, workspaceId, signal ?? new AbortController().signal);
    const vectors: (readonly number[])[] = [];
    try {
      for (let from = 0; from < questions.length && base.indexedWith !== null; from += batch) {
        const model = base.indexedWith;
        const some = questions.slice(from, from + batch).map(({ question }) => asQuestion(model, question));
        vectors.push(...(await call.embed({ model, input: some })).vectors);
      }
    } catch (error) {
      throw asModelRefusal(error);
    }
    const index = indexInUse(base);
    const rows: { id: string; total: number; relevant: Record<(typeof searchWays)[number], boolean[]> }[] = [];
    for (const [place, { id, question, answers }] of questions.entries()) {
      call.signal.throwIfAborted();
      const relevant = { fused: [] as boolean[], vector: [] as boolean[], text: [] as boolean[] };
      for (const way of searchWays) {
        const asked = { query: question, vector: vectors[place] ?? null, way, topK };
        relevant[way] = await relevanceOf(database, index, asked, answers);
      }
      rows.push({ id, relevant, total: await countRight(database, index, answers) });
    }
    const scores = (way: (typeof searchWays)[number]) =>
      meanScores(
        rows.map(({ relevant, total }) => ({ relevant: relevant[way], total })),
        topK,
      );
    return {
      ways: { fused: scores("fused"), vector: scores("vector"), text: scores("text") },
      questions: rows.map(({ id, relevant }) => {
        const rank = (way: (typeof searchWays)[number]) => relevant[way].indexOf(true) + 1 || null;
        return { id, ranks: { fused: rank("fused"), vector: rank("vector"), text: rank("text") } };
      }),
    };
  });

const relevanceOf = async (
  database: Database,
  index: IndexInUse,
  asked: Parameters<typeof searchIndex>[2],
  answers: readonly string[],
): Promise<boolean[]> => {
  const { hits } = await searchIndex(database, index, asked);
  const sources = await readSources(
    database,
    hits.map(({ id }) => id),
  );
  return hits.map(({ id }) => answers.some((answer) => sources.get(id)?.text.includes(answer) ?? false));
};

/** How many passages there are to be found: nDCG compares with the best order that could be. */
const countRight = async (database: Database, index: IndexInUse, answers: readonly string[]): Promise<number> => {
  const [row] = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM "KnowledgeChunk"
     WHERE "knowledgeBaseId" = $1 AND "generation" = $2 AND "words" IS NOT NULL
       AND EXISTS (SELECT 1 FROM unnest($3::text[]) answer WHERE strpos("text", answer) > 0)`,
    [index.knowledgeBaseId, index.generation, answers],
  );
  return row?.count ?? 0;
};
