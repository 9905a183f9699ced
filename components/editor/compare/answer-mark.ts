import type { EvaluationChoice } from "@/runtime/eval/contract/evaluation-choice";
import { isPairScorer, type ScorerContext, type ScorerDefinition } from "@/runtime/eval/contract/scorer";
import { findScorer, scorers } from "@/runtime/eval/scorers/catalog";
import { isStrictScorer, saysMoreThan } from "@/runtime/eval/scorers/strict-scorers";

/** How answers are told right from wrong. */
export type ChosenScorer = NonNullable<EvaluationChoice["scorer"]>;

export type Mark = "right" | "wrong";

export const usualScorer: ChosenScorer = { type: "label/accuracy", config: {} };

/** A scorer that looks at the answer and at what is expected and says yes or no by itself; undefined for any other type. */
const comparerOf = (type: string): ScorerDefinition | undefined => {
  const scorer = findScorer(type);
  if (scorer === undefined || isPairScorer(scorer) || scorer.asksModel || scorer.judge || scorer.asksPerson === true)
    return undefined;
  const [metric] = scorer.metrics;
  const compares = scorer.needs.expected || type === "text/contains";
  return compares && metric?.scale === "binary" && metric.better === "higher" ? scorer : undefined;
};

/** Those that are offered, in the order in which experiments offer them. */
export const comparers: readonly ScorerDefinition[] = scorers.flatMap(({ type }) => comparerOf(type) ?? []);

const closed = () => Promise.reject(new Error("A comparison asks no model."));
const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
const context: ScorerContext = {
  signal: new AbortController().signal,
  chat: closed,
  embed: closed,
  moderate: closed,
  runPipeline: closed,
  words: (text) => [...segmenter.segment(text)].flatMap(({ segment, isWordLike }) => (isWordLike ? segment : [])),
  briefly: (work) => work(),
};

/** Whether an answer is right; null where nothing is expected, or the scorer has nothing to say of it. */
export const markOf = ({ type, config }: ChosenScorer, output: unknown, expected: string): Mark | null => {
  const scorer = comparerOf(type);
  if (scorer === undefined || expected.trim() === "") return null;
  const read = scorer.config.safeParse(config);
  if (!read.success) return null;
  const score = scorer.score(
    {
      config: read.data as never,
      row: { inputs: {}, expected: { expected }, tags: [] },
      run: {
        status: "success",
        outputs: { output },
        error: null,
        durationMs: 0,
        inputTokens: null,
        outputTokens: null,
        costMicroUsd: null,
      },
      output,
      expected,
    },
    context,
  );
  const value = score instanceof Promise ? null : score.values[scorer.metrics[0]?.key ?? ""];
  return value === 1 ? "right" : value === 0 ? "wrong" : null;
};

export interface Answered {
  readonly output: unknown;
  readonly expected: string;
}

/** Answers that an exact scorer calls wrong although they contain what is expected: half of the wrong ones at least, else null. */
export const sentencesAmong = (scorer: ChosenScorer, answers: readonly Answered[]) => {
  if (!isStrictScorer(scorer.type)) return null;
  const wrong = answers.filter(({ output, expected }) => markOf(scorer, output, expected) === "wrong");
  const sentences = wrong.filter(({ output, expected }) => saysMoreThan(output, expected));
  const [first] = sentences;
  return first === undefined || sentences.length * 2 < wrong.length
    ? null
    : { sentences: sentences.length, looked: answers.length, first };
};
