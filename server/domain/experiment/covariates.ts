import type { DatasetRow } from "@/runtime/eval/contract/dataset-row";
import type { ExperimentSpec } from "@/runtime/eval/contract/experiment-spec";
import { evalLimits } from "@/runtime/eval/contract/limits";
import type { ReadyScorer } from "@/runtime/eval/scorers/check-scorers";
import type { Database } from "@/server/platform/db/database";
import { inputsOfRow } from "./inputs-of-row";
import { firstAskedAt } from "./looks";
import { metricIdsOf, storedSpec } from "./ready-experiment";
import { sameInputs } from "./same-inputs";
import { scorerHash } from "./scorer-hash";

/** Earlier experiments that are looked through. */
const looked = 10;

export interface Covariates {
  /** By row that is taken: a value for each covariate of the spec. */
  readonly values: readonly (readonly number[])[];
  readonly population: { readonly rows: number; readonly means: readonly number[] };
}

interface Asked {
  readonly pipelineId: string;
  readonly spec: ExperimentSpec;
  readonly scorers: readonly ReadyScorer[];
}

/**
 * What the baseline of an earlier experiment had by the same scorer, by what was asked and expected; of several the latest. Only of those that ended before the question was asked
 * for the first time: a second start is adjusted for the same as the first.
 */
const earlierScores = async (
  database: Database,
  workspaceId: string,
  { pipelineId, spec, scorers }: Asked,
): Promise<ReadonlyMap<string, number>> => {
  const dot = spec.primary.indexOf(".");
  const ready = scorers.find((each) => each.spec.id === spec.primary.slice(0, dot));
  if (ready === undefined) return new Map();
  const hash = scorerHash(ready);
  const asked = { workspaceId, pipelineId, datasetVersionId: spec.datasetVersionId };
  const first = await firstAskedAt(database, asked, spec);
  const experiments = await database.prisma.experiment.findMany({
    where: { workspaceId, pipelineId, endedAt: first === null ? { not: null } : { lt: first } },
    orderBy: { createdAt: "desc" },
    take: looked,
    select: { id: true, spec: true, scorerHashes: true },
  });
  const known = new Map<string, number>();
  for (const { id, spec: stored, scorerHashes } of experiments) {
    const before = storedSpec(stored);
    const same = Object.entries(scorerHashes as Record<string, string>).find(([, each]) => each === hash)?.[0];
    const metrics = metricIdsOf(before);
    const place = metrics.indexOf(`${same}.${spec.primary.slice(dot + 1)}`);
    const baseline = before.variants.findIndex(({ key }) => key === before.baseline);
    if (same === undefined || place < 0 || baseline < 0) continue;
    const rows = await database.query<{ inputsKey: string; expected: string; value: number | null }>(
      `SELECT "inputsKey", "expected", "values"[$2] AS "value" FROM "ExperimentRow" WHERE "experimentId" = $1 AND NOT "open" LIMIT ${evalLimits.rows}`,
      [id, baseline * metrics.length + place + 1],
    );
    for (const { inputsKey, expected, value } of rows) {
      const key = `${inputsKey}/${expected}`;
      if (value !== null && Number.isFinite(value) && !known.has(key)) known.set(key, value);
    }
  }
  return known;
};

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * What is known of rows before an experiment begins. `all` are those that could have been taken, `taken` those that are. A row of which nothing is known has the mean of the others, which says nothing of it.
 */
export const covariatesOf = async (
  database: Database,
  workspaceId: string,
  asked: Asked,
  { all, taken }: { readonly all: readonly DatasetRow[]; readonly taken: readonly DatasetRow[] },
): Promise<Covariates | null> => {
  const names = asked.spec.covariates;
  if (names.length === 0) return null;
  const earlier = names.includes("earlier") ? await earlierScores(database, workspaceId, asked) : new Map();
  const inputs = asked.spec.inputs;
  const same = sameInputs(all, inputs);
  const columns = names.map((name) => {
    const found = all.map((row, place): number | null =>
      name === "length"
        ? // Twice as long is one step further, however long.
          Math.log2(1 + JSON.stringify(inputsOfRow(row.inputs, inputs)).length)
        : (earlier.get(`${same[place]?.inputsKey}/${JSON.stringify(row.expected)}`) ?? null),
    );
    const mean = meanOf(found.flatMap((value) => value ?? []));
    return found.map((value) => value ?? mean);
  });
  const places = new Map(all.map(({ id }, place) => [id, place]));
  return {
    values: taken.map(({ id }) => columns.map((column) => column[places.get(id) ?? -1] ?? meanOf(column))),
    population: { rows: all.length, means: columns.map(meanOf) },
  };
};
