import type { Score, ScoredRun, ScorerContext, ScorerDefinition } from "../contract/scorer";
import { isPairScorer, type PairScorerDefinition, type Preference } from "../contract/scorer";
import type { ReadyScorer } from "./check-scorers";

export interface ScoredRow {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
}

const named = (values: Readonly<Record<string, unknown>>, name: string | undefined): unknown =>
  name !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;

/**
 * What one scorer says of one run. null where it has nothing to say: it compares pairs, asks people, or the row lacks the expected value that it needs. A run
 * that failed is scored as an empty answer, so that no variant wins by failing. Throws what the world throws: a model that does not answer.
 */
export const scoreCell = async (
  { scorer, config, output, expected }: ReadyScorer,
  row: ScoredRow,
  run: ScoredRun,
  context: ScorerContext,
): Promise<Score | null> => {
  if (isPairScorer(scorer) || scorer.asksPerson === true) return null;
  const wanted = named(row.expected, expected);
  if (scorer.needs.expected && (wanted === undefined || wanted === null)) return null;
  const given = run.status === "success" ? named(run.outputs, output) : undefined;
  const score = await (scorer as ScorerDefinition).score(
    { config: config as never, row, run, output: given, expected: wanted },
    context,
  );
  const values = finite(score.values);
  return { ...score, values: run.status === "success" ? values : failed(scorer as ScorerDefinition, values) };
};

/** A run that failed is right in nothing, also where nothing was expected. */
const failed = ({ metrics }: ScorerDefinition, values: Score["values"]): Score["values"] => {
  const right = new Set(
    metrics.flatMap(({ key, scale, better }) => (better === "higher" && scale !== "number" ? [key] : [])),
  );
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, value !== null && right.has(key) ? 0 : value]),
  );
};

/** What a pair scorer prefers; the first run is the baseline's. */
export const scorePair = async (
  { scorer, config, output, expected }: ReadyScorer,
  row: ScoredRow,
  [first, second]: readonly [ScoredRun, ScoredRun],
  context: ScorerContext,
): Promise<Preference | null> => {
  if (!isPairScorer(scorer) || scorer.asksPerson === true) return null;
  const side = (run: ScoredRun) => ({
    run,
    output: run.status === "success" ? named(run.outputs, output) : undefined,
  });
  const preference = await (scorer as PairScorerDefinition).prefer(
    {
      config: config as never,
      row,
      first: side(first),
      second: side(second),
      expected: named(row.expected, expected),
    },
    context,
  );
  const { value } = preference;
  return { ...preference, value: value === null || !Number.isFinite(value) ? null : Math.min(1, Math.max(-1, value)) };
};

const finite = (values: Score["values"]): Score["values"] =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, value === null || !Number.isFinite(value) ? null : value]),
  );
