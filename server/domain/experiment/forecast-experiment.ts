import { findScorer } from "@/runtime/eval/scorers/catalog";
import { metricsOf } from "@/runtime/eval/scorers/metrics-of";
import { contentStates } from "@/server/domain/answer-cache/content-states";
import type { Database } from "@/server/platform/db/database";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { CellCache } from "./cached-cells";
import { type Forecast, forecastInput } from "./experiment.types";
import { inputsOfRow } from "./inputs-of-row";
import { pilotsOf } from "./pilots";
import { planOf } from "./plan-experiment";
import { type Prepared, prepareExperiment } from "./prepare-experiment";
import { sameInputs } from "./same-inputs";
import { firstRepeats } from "./same-version";
import { cellKey } from "./scorer-hash";

interface Usual {
  readonly runs: number;
  readonly durationMs: number | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costMicroUsd: number | null;
  readonly unpriced: number;
}

/** Runs that the forecast is made from. */
const looked = 100;
/** Rows looked up in the cache; the share of the rest is taken to be the same. */
const sampled = 500;

/** What a run of this pipeline takes, from the latest that went well. */
export const usualRun = async (database: Database, workspaceId: string, pipelineId: string): Promise<Usual> => {
  const [usual] = await database.query<Usual>(
    `SELECT count(*)::int AS "runs", avg("durationMs")::float8 AS "durationMs", (avg("inputTokens") FILTER (WHERE "uncountedCalls" = 0))::float8 AS "inputTokens",
       (avg("outputTokens") FILTER (WHERE "uncountedCalls" = 0))::float8 AS "outputTokens", avg("costMicroUsd")::float8 AS "costMicroUsd",
       count(*) FILTER (WHERE "costMicroUsd" IS NULL)::int AS "unpriced"
     FROM (SELECT * FROM "Run" WHERE "workspaceId" = $1 AND "pipelineId" = $2 AND "status" = 'success' ORDER BY "startedAt" DESC LIMIT ${looked}) AS r`,
    [workspaceId, pipelineId],
  );
  return usual as Usual;
};

const cachedShare = async (database: Database, workspaceId: string, { spec, rows }: Prepared): Promise<number> => {
  if (!spec.useCache) return 0;
  const states = await contentStates(
    database,
    workspaceId,
    spec.variants.map(({ revisionId }) => revisionId),
  );
  const firsts = firstRepeats(spec);
  const some = rows.slice(0, sampled);
  const asked = sameInputs(some, spec.inputs);
  const keys = some.flatMap((row, index) => {
    const inputs = inputsOfRow(row.inputs, spec.inputs);
    const copy = asked[index]?.copy ?? 0;
    return spec.variants.flatMap(({ revisionId }, variant) =>
      Array.from(
        { length: spec.repeats },
        (_, repeat) =>
          [
            cellKey({
              revisionId,
              contentState: states.get(revisionId),
              inputs,
              copy,
              repeat: repeat + (firsts[variant] ?? 0),
            }),
            "",
          ] as const,
      ),
    );
  });
  const cache = new CellCache(database, { workspaceId, experimentId: "", ofGates: false });
  const found = await cache.find(new Map(keys));
  return found.size / new Set(keys.map(([key]) => key)).size;
};

/** Answers under way at once that the models really give: the embedded ones answer one after the other. */
export const parallel = async ({ prisma }: Database, workspaceId: string, concurrency: number): Promise<number> => {
  const endpoints = await prisma.modelEndpoint.findMany({
    where: { workspaceId, enabled: true },
    select: { embedded: true },
  });
  return endpoints.every(({ embedded }) => embedded) ? 1 : concurrency;
};

export const forecastOf = async (database: Database, workspaceId: string, prepared: Prepared): Promise<Forecast> => {
  const { spec, rows, cells, scorers, pipeline } = prepared;
  const [usual, share, atOnce, pilots] = await Promise.all([
    usualRun(database, workspaceId, pipeline.id),
    cachedShare(database, workspaceId, prepared),
    parallel(database, workspaceId, spec.concurrency),
    pilotsOf(database, workspaceId, pipeline.id),
  ]);
  const cachedCells = Math.round(share * cells);
  const fresh = cells - cachedCells;
  const known = usual.runs > 0;
  const asking = scorers.filter(({ scorer }) => scorer.asksModel).length;
  const times = (each: number | null) => (known && each !== null ? Math.round(each * fresh) : null);
  const [scorerId, metricKey] = spec.primary.split(".");
  const primaryScorer = findScorer(spec.scorers.find(({ id }) => id === scorerId)?.type ?? "");
  const primary = primaryScorer && metricsOf(primaryScorer).find(({ key }) => key === metricKey);
  const pilot = pilots.get(`${primaryScorer?.type}.${metricKey}`);
  const { detectable, plan } = planOf(prepared, primary, pilot);
  const warnings: string[] = [];
  if (spec.variants.length > 1 && rows.length < 30) warnings.push("few-rows");
  if (spec.covariates.length > 0 && rows.length >= prepared.available) warnings.push("all-rows");
  if (!known) warnings.push("never-run");
  if (known && usual.unpriced > 0) warnings.push("price-unknown");
  if (primaryScorer?.judge) warnings.push("judge-first");
  if (primaryScorer?.asksPerson) warnings.push("people-first");
  return {
    rows: rows.length,
    cells,
    cachedCells,
    modelCalls: fresh + asking * cells,
    inputTokens: times(usual.inputTokens),
    outputTokens: times(usual.outputTokens),
    costMicroUsd: usual.unpriced > 0 ? null : times(usual.costMicroUsd),
    seconds: known ? Math.ceil((fresh * (usual.durationMs ?? 0)) / 1_000 / atOnce + (asking * cells) / atOnce) : null,
    basedOn: known ? "runs" : "nothing",
    detectable,
    plan,
    warnings,
  };
};

/** What an experiment would take and show, before it is started. Refuses what starting would refuse. */
export const forecastExperiment = editorProcedure
  .input(forecastInput)
  .query(async ({ ctx: { database, workspaceId }, input: { draft } }) =>
    forecastOf(database, workspaceId, await prepareExperiment(database, workspaceId, draft)),
  );
