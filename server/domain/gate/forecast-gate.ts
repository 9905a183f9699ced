import { jointChance } from "@/runtime/eval/gate/gate-chance";
import type { GateSpec } from "@/runtime/eval/gate/gate-spec";
import { leastRows } from "@/runtime/eval/gate/judge-gate";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import { metricsOf } from "@/runtime/eval/scorers/metrics-of";
import { marginPower, rowsForMargin } from "@/runtime/eval/statistics/margin-power";
import { normalCdf } from "@/runtime/eval/statistics/normal";
import { findDataset } from "@/server/domain/dataset/find-dataset";
import { deviationAt, type Pilot, pilotsOf } from "@/server/domain/experiment/pilots";
import type { Database } from "@/server/platform/db/database";
import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { forecastGateInput, type GateForecast } from "./gate.types";

/** Rows that only one of two versions has right, as a rule: what is taken before anything was seen. */
const usualDiscordance = 0.1;

/** Rows that the gate would take, and how many of them are independent: neither copies nor of one group. */
const countRows = async (
  database: Database,
  workspaceId: string,
  datasetId: string,
  { splits, tags, most }: GateSpec["rows"],
) => {
  const [found] = await database.query<{ rows: number; inputs: number; groups: number }>(
    `SELECT count(*)::int AS "rows", count(DISTINCT "inputsHash")::int AS "inputs", count(DISTINCT coalesce('g' || "group", "id"))::int AS "groups"
     FROM "DatasetRow" WHERE "workspaceId" = $1 AND "datasetId" = $2 AND (cardinality($3::text[]) = 0 OR "split" = ANY($3::text[]))
       AND (cardinality($4::text[]) = 0 OR "tags" && $4::text[])`,
    [workspaceId, datasetId, splits, tags],
  );
  const { rows = 0, inputs = 0, groups = 0 } = found ?? {};
  const share = most === null || rows === 0 ? 1 : Math.min(1, most / rows);
  return { rows: Math.round(rows * share), independent: Math.round(Math.min(inputs, groups) * share) };
};

/** Chance that a value which is truly what it was seen to be lies on the right side of a bound over so many rows. */
const boundChance = (
  { mean, deviation }: NonNullable<Pilot["value"]>,
  rows: number,
  { floor, ceiling }: Pick<GateSpec["requirements"][number], "floor" | "ceiling">,
): number => {
  const error = deviation / Math.sqrt(Math.max(1, rows));
  const below = (bound: number) => (error > 0 ? normalCdf((bound - mean) / error) : Number(mean < bound));
  const high = ceiling === null ? 1 : error > 0 ? below(ceiling) : Number(mean <= ceiling);
  return Math.max(0, high - (floor === null ? 0 : below(floor)));
};

/** What a gate could show on its dataset, before it is set: whether a version that is as good as what is live would pass. */
export const forecastGate = viewerProcedure
  .input(forecastGateInput)
  .query(async ({ ctx: { database, workspaceId }, input }): Promise<GateForecast> => {
    const { pipelineId, datasetId, spec } = input;
    const pipeline = await database.prisma.pipeline.findFirst({
      where: { id: pipelineId, workspaceId, deletedAt: null },
      select: { id: true },
    });
    if (pipeline === null) throw notFound("pipeline");
    await findDataset(database, workspaceId, datasetId);
    const [counted, known] = await Promise.all([
      countRows(database, workspaceId, datasetId, spec.rows),
      pilotsOf(database, workspaceId, pipelineId),
    ]);
    const requirements = spec.requirements.map(({ metric, margin, floor, ceiling }) => {
      const dot = metric.indexOf(".");
      const [scorerId, key] = [metric.slice(0, dot), metric.slice(dot + 1)];
      const type = spec.scorers.find(({ id }) => id === scorerId)?.type ?? "";
      const scorer = findScorer(type);
      const scale = scorer && metricsOf(scorer).find((each) => each.key === key)?.scale;
      const pilot = known.get(`${type}.${key}`);
      const deviation =
        pilot === undefined
          ? scale === undefined || scale === "number"
            ? null
            : Math.sqrt(usualDiscordance)
          : deviationAt(pilot, spec.repeats);
      const isHeld = floor !== null || ceiling !== null;
      const held = isHeld && pilot?.value ? boundChance(pilot.value, counted.independent, { floor, ceiling }) : null;
      const few = counted.independent < leastRows;
      if (margin === null || deviation === null)
        return { metric, power: few ? 0 : held, rows: null, isGuess: false, isWhole: margin === null && held !== null };
      const plan = { deviation, margin, alpha: spec.alpha };
      const power = marginPower(counted.independent, plan);
      return {
        metric,
        power: few ? 0 : power * (held ?? 1),
        rows: Math.max(leastRows, rowsForMargin(plan) ?? 0) || null,
        isGuess: pilot === undefined,
        isWhole: !isHeld || held !== null,
      };
    });
    const chances = requirements.flatMap(({ power }) => (power === null ? [] : [power]));
    const joint = {
      ...jointChance(chances),
      checks: requirements.length,
      unknown: requirements.filter(({ power, isWhole }) => power === null || !isWhole).length,
    };
    return { ...counted, least: leastRows, requirements, joint };
  });
