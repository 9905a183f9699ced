import { chunkDocument } from "@/runtime/knowledge/chunk/chunk-document";
import { chunkDefaults } from "@/runtime/knowledge/chunk/chunk-settings";
import { fuseRanks, type RankedPassage } from "@/runtime/knowledge/search/fuse-ranks";
import { meanScores, type RetrievalScores } from "@/runtime/knowledge/search/retrieval-metrics";
import type { ChunkRow } from "@/server/domain/knowledge/index/write-chunks";
import type { IndexInUse } from "@/server/domain/knowledge/search/index-in-use";
import { explain } from "@/server/domain/knowledge/search/search-index";
import { searchByText } from "@/server/domain/knowledge/search/text-way";
import { searchByVector } from "@/server/domain/knowledge/search/vector-way";
import { wordsOf } from "@/server/domain/knowledge/segment";
import type { Database } from "@/server/platform/db/database";
import { createBase, fillBase, indexBase } from "./bench-base";
import { startBenchDatabase } from "./bench-database";
import type { Embed } from "./bench-embedder";
import type { QuestionSet } from "./xquad";

type Language = "en" | "zh";
type Row = "fused" | "vector" | "text" | "even votes";

/** Places of each way that are joined, as in the app. MRR counts as many. */
const depth = 60;
const k = 5;

interface Base {
  readonly index: IndexInUse;
  /** Chunks that hold the whole answer of a question, by its place in the set: a hit is one of them. */
  readonly right: readonly ReadonlySet<string>[];
}

/** Recall and MRR of each way of searching, on real questions whose answers are marked. Says whether the fused search is best or equal everywhere. */
export const measureQuality = async (sets: Readonly<Record<Language, QuestionSet>>, embed: Embed): Promise<boolean> => {
  const database = await startBenchDatabase();
  try {
    const bases = { en: await load(database, "en", sets.en, embed), zh: await load(database, "zh", sets.zh, embed) };
    const vectors = {
      en: await embed(
        sets.en.questions.map(({ text }) => text),
        "questions",
      ),
      zh: await embed(
        sets.zh.questions.map(({ text }) => text),
        "questions",
      ),
    };
    const cases = [
      ["English questions on English text", "en", "en"],
      ["Chinese questions on Chinese text", "zh", "zh"],
      ["Chinese questions on English text", "zh", "en"],
    ] as const;
    let holds = true;
    for (const [title, asked, searched] of cases) {
      const texts = sets[asked].questions.map(({ text }) => text);
      const scores = await measure(database, bases[searched], texts, vectors[asked]);
      console.log(`${title}: ${texts.length} questions, ${bases[searched].index.chunkCount} chunks`);
      for (const [way, { recallAtK, mrr }] of Object.entries(scores)) {
        console.log(`  ${way.padEnd(10)} recall@${k} ${recallAtK.toFixed(4)}   MRR ${mrr.toFixed(4)}`);
      }
      const { fused, vector, text } = scores;
      const ratios = (["recallAtK", "mrr"] as const).map(
        (measure) => fused[measure] / Math.max(vector[measure], text[measure]),
      );
      const [recall = 0, mrr = 0] = ratios;
      const best = recall >= 1 && mrr >= 1;
      console.log(
        `  fused over the better single way: recall ${recall.toFixed(3)}, MRR ${mrr.toFixed(3)} ${best ? "ok" : "TOO LOW"}`,
      );
      holds &&= best;
    }
    return holds;
  } finally {
    await database.close();
  }
};

const load = async (database: Database, id: Language, set: QuestionSet, embed: Embed): Promise<Base> => {
  await createBase(database, id);
  const chunks = set.paragraphs.flatMap((text, paragraph) =>
    chunkDocument({ text, outline: [] }, chunkDefaults).map((chunk) => ({ ...chunk, paragraph })),
  );
  const vectors = await embed(
    chunks.map(({ text }) => text),
    "passages",
  );
  const rows = chunks.map(
    ({ text, start, end }, position): ChunkRow => ({
      id: `${id}-${position}`,
      position,
      text,
      textHash: `${id}-${position}`,
      start,
      end,
      page: null,
      heading: null,
      metadata: {},
      found: { vector: vectors[position] ?? [], words: wordsOf(text) },
    }),
  );
  for (let from = 0; from < rows.length; from += 100) await fillBase(database, id, rows.slice(from, from + 100));
  const right = set.questions.map(({ paragraph, start, end }) => {
    const held = chunks.flatMap((chunk, position) =>
      chunk.paragraph === paragraph && chunk.start <= start && chunk.end >= end ? [`${id}-${position}`] : [],
    );
    if (held.length === 0)
      console.log(`  an answer of paragraph ${paragraph} (${id}) is cut apart: no chunk can be right`);
    return new Set(held);
  });
  return { index: await indexBase(database, id, vectors[0]?.length ?? 0), right };
};

const measure = async (
  database: Database,
  { index, right }: Base,
  questions: readonly string[],
  vectors: readonly (readonly number[])[],
): Promise<Record<Row, RetrievalScores>> => {
  const relevant: Record<Row, { relevant: boolean[]; total: number }[]> = {
    fused: [],
    vector: [],
    text: [],
    "even votes": [],
  };
  for (const [place, query] of questions.entries()) {
    const vector = vectors[place] ?? [];
    const wanted = right[place] ?? new Set();
    const note = (row: Row, found: readonly Pick<RankedPassage, "id">[]) =>
      relevant[row].push({ relevant: found.map(({ id }) => wanted.has(id)), total: wanted.size });
    const byVector = await searchByVector(database, index, vector, depth);
    const byText = await searchByText(database, index, query, depth);
    note("vector", byVector);
    note("text", byText);
    note("fused", explain(byVector, byText, "fused").slice(0, depth));
    // Beside ours: the same two lists joined by their ranks alone, as in the paper.
    note("even votes", fuseRanks([byVector, byText], { votes: "even" }).slice(0, depth));
  }
  return {
    fused: meanScores(relevant.fused, k),
    vector: meanScores(relevant.vector, k),
    text: meanScores(relevant.text, k),
    "even votes": meanScores(relevant["even votes"], k),
  };
};
