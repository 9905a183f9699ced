import { readFile } from "node:fs/promises";
import type { ChunkRow } from "@/server/domain/knowledge/index/write-chunks";
import type { IndexInUse } from "@/server/domain/knowledge/search/index-in-use";
import { searchIndex } from "@/server/domain/knowledge/search/search-index";
import { vectorLiteral } from "@/server/domain/knowledge/search/vector-way";
import { wordsOf } from "@/server/domain/knowledge/segment";
import type { Database } from "@/server/platform/db/database";
import { createBase, fillBase, indexBase } from "./bench-base";
import { startBenchDatabase } from "./bench-database";
import type { Embed } from "./bench-embedder";
import { randomFrom } from "./graphs";
import type { QuestionSet } from "./xquad";

const limits = { p50Ms: 15, recall: 0.98 } as const;
const topK = 10;
const questionsEach = 100;
const exactEach = 25;
const batch = 1_000;
/** Words of a chunk that are made up, drawn by Zipf's law from so many: without them every word would stand in thousands of chunks. */
const madeUp = { each: 80, vocabulary: 200_000, exponent: 1.07 } as const;

interface Sentence {
  readonly text: string;
  readonly words: readonly string[];
  readonly vector: readonly number[];
}
interface Question {
  readonly text: string;
  readonly vector: readonly number[];
}

/**
 * Latency of a search over many chunks on the embedded database in its own process, and what it loses against looking at every vector. The
 * vectors are made from real ones: two sentences of one language mixed by chance, with noise. Questions are real.
 */
export const measureScale = async (
  sets: Readonly<Record<"en" | "zh", QuestionSet>>,
  embed: Embed,
  count: number,
): Promise<boolean> => {
  const random = randomFrom(7);
  const sentences = { en: await readSentences(sets.en, embed), zh: await readSentences(sets.zh, embed) };
  const questions = [...(await pickQuestions(sets.en, embed)), ...(await pickQuestions(sets.zh, embed))];
  const dimensions = questions[0]?.vector.length ?? 0;
  const database = await startBenchDatabase();
  try {
    await createBase(database, "scale");
    const rows = makeRows(sentences, random);
    const startedAt = performance.now();
    for (let from = 0; from < count; from += batch) {
      await fillBase(
        database,
        "scale",
        Array.from({ length: Math.min(batch, count - from) }, (_, index) => rows(from + index)),
      );
    }
    const filledAt = performance.now();
    // In one go, so that the benchmark ends in minutes; the app makes the indexes early and keeps them up with every insert.
    const index = await indexBase(database, "scale", dimensions);
    const indexedAt = performance.now();
    console.log(
      `${count} chunks of ${dimensions} numbers: written in ${seconds(filledAt - startedAt)}, indexed in ${seconds(indexedAt - filledAt)}, ` +
        `database process ${await residentMegabytes(database.processId)} MB`,
    );
    return await measure(database, index, questions, dimensions);
  } finally {
    await database.close();
  }
};

const measure = async (
  database: Database,
  index: IndexInUse,
  questions: readonly Question[],
  dimensions: number,
): Promise<boolean> => {
  const ask = ({ text, vector }: Question, way: "fused" | "vector" | "text" = "fused") =>
    searchIndex(database, index, { query: text, vector, way, topK });
  for (const question of questions) await ask(question);
  const times: Record<"fused" | "vector" | "text", number[]> = { fused: [], vector: [], text: [] };
  for (const question of questions) {
    const startedAt = performance.now();
    const { vectorMs, textMs } = await ask(question);
    times.fused.push(performance.now() - startedAt);
    times.vector.push(vectorMs);
    times.text.push(textMs);
  }
  const exactTimes: number[] = [];
  let found = 0;
  let wanted = 0;
  for (const question of [
    ...questions.slice(0, exactEach),
    ...questions.slice(questionsEach, questionsEach + exactEach),
  ]) {
    const startedAt = performance.now();
    const exact = await database.query<{ id: string }>(
      `SELECT "id" FROM "KnowledgeChunk" WHERE "knowledgeBaseId" = $1 ORDER BY "embedding" <=> $2::vector(${dimensions}) LIMIT ${topK}`,
      [index.knowledgeBaseId, vectorLiteral(question.vector)],
    );
    exactTimes.push(performance.now() - startedAt);
    const ids = new Set((await ask(question, "vector")).hits.map(({ id }) => id));
    found += exact.filter(({ id }) => ids.has(id)).length;
    wanted += exact.length;
  }
  const [p50, exactP50, recall] = [at(times.fused, 0.5), at(exactTimes, 0.5), found / wanted];
  console.log(
    `  fused search   p50 ${p50.toFixed(1)} ms   p95 ${at(times.fused, 0.95).toFixed(1)} ms   limit ${limits.p50Ms} ms`,
  );
  console.log(
    `    by meaning   p50 ${at(times.vector, 0.5).toFixed(1)} ms   by words p50 ${at(times.text, 0.5).toFixed(1)} ms`,
  );
  console.log(
    `  looking at every vector   p50 ${exactP50.toFixed(0)} ms: ${(exactP50 / p50).toFixed(0)} x the fused search`,
  );
  console.log(`  recall@${topK} of the search by meaning against it   ${recall.toFixed(4)}   limit ${limits.recall}`);
  return p50 < limits.p50Ms && recall >= limits.recall;
};

const readSentences = async ({ paragraphs }: QuestionSet, embed: Embed): Promise<readonly Sentence[]> => {
  const texts = paragraphs
    .flatMap((text) => text.split(/(?<=[.!?])\s+|(?<=[。！？])/))
    .filter(({ length }) => length > 10);
  const vectors = await embed(texts);
  return texts.map((text, index) => ({ text, words: wordsOf(text), vector: vectors[index] ?? [] }));
};

const pickQuestions = async ({ questions }: QuestionSet, embed: Embed): Promise<readonly Question[]> => {
  const step = Math.floor(questions.length / questionsEach);
  const texts = Array.from({ length: questionsEach }, (_, index) => questions[index * step]?.text ?? "");
  const vectors = await embed(texts);
  return texts.map((text, index) => ({ text, vector: vectors[index] ?? [] }));
};

const makeRows = (sentences: Readonly<Record<"en" | "zh", readonly Sentence[]>>, random: () => number) => {
  const word = zipfWords(random);
  const pick = (list: readonly Sentence[]): Sentence => list[Math.floor(random() * list.length)] as Sentence;
  return (position: number): ChunkRow => {
    const list = position % 2 === 0 ? sentences.en : sentences.zh;
    const [first, second] = [pick(list), pick(list)];
    const filler = Array.from({ length: madeUp.each }, word);
    return {
      id: `c${position}`,
      position,
      text: `${first.text} ${filler.join(" ")}`,
      textHash: String(position),
      start: 0,
      end: 1,
      page: null,
      heading: null,
      metadata: {},
      found: { vector: mixed(first.vector, second.vector, random), words: [...first.words, ...filler] },
    };
  };
};

const mixed = (first: readonly number[], second: readonly number[], random: () => number): readonly number[] => {
  const share = 0.5 + random() / 2;
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const sum = first.map((value, index) => {
    const own = value * share + (second[index] ?? 0) * (1 - share);
    // A half of the space that belongs to the other language stays empty.
    return own === 0 ? 0 : own + 0.02 * gauss();
  });
  const length = Math.hypot(...sum);
  return sum.map((value) => Math.round((value / length) * 1e5) / 1e5);
};

const zipfWords = (random: () => number) => {
  const sums = new Float64Array(madeUp.vocabulary);
  let sum = 0;
  for (let rank = 0; rank < madeUp.vocabulary; rank++) {
    sum += 1 / (rank + 1) ** madeUp.exponent;
    sums[rank] = sum;
  }
  return (): string => {
    const wanted = random() * sum;
    let [low, high] = [0, madeUp.vocabulary - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return `q${low.toString(36)}z`;
  };
};

const at = (times: readonly number[], share: number): number =>
  times.toSorted((left, right) => left - right)[Math.floor(times.length * share)] ?? Number.NaN;
const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;

/** What the process holds in memory; only where the system says so in a file. */
const residentMegabytes = async (processId: number): Promise<string> => {
  const status = await readFile(`/proc/${processId}/status`, "utf8").catch(() => "");
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(status) ?? [];
  return kilobytes === undefined ? "?" : String(Math.round(Number(kilobytes) / 1024));
};
