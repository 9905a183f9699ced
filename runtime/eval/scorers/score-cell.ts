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
  const found = { ...score, values: finite(score.values) };
  return run.status === "success" ? found : failed(scorer as ScorerDefinition, found);
};

/** A run that failed is right in nothing, also where nothing was expected, and as long, dear and far off as the worst answer there was. */
const failed = ({ metrics, needs }: ScorerDefinition, score: Score): Score => {
  const values: Record<string, number | null> = { ...score.values };
  const lacking = new Set(score.lacking);
  for (const { key, scale, better, corpus } of metrics) {
    const value = values[key];
    if (value === undefined || corpus !== undefined) continue;
    if (better === "higher" && scale !== "number") values[key] = value === null ? null : 0;
    else {
      if (value !== null || !needs.expected) lacking.add(key);
      values[key] = null;
    }
  }
  return { ...score, values, ...(lacking.size > 0 && { lacking: [...lacking] }) };
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
