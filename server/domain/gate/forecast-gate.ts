import type { Report } from "@/runtime/eval/contract/report";
import type { GateSpec } from "@/runtime/eval/gate/gate-spec";
import { leastRows } from "@/runtime/eval/gate/judge-gate";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import { metricsOf } from "@/runtime/eval/scorers/metrics-of";
import { marginPower, rowsForMargin } from "@/runtime/eval/statistics/margin-power";
import { findDataset } from "@/server/domain/dataset/find-dataset";
import { storedSpec } from "@/server/domain/experiment/ready-experiment";
import type { Database } from "@/server/platform/db/database";
import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { forecastGateInput, type GateForecast } from "./gate.types";

/** Experiments looked at for how much versions of this pipeline differ. */
const looked = 20;
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

/** Deviation of single rows' differences by scorer type and metric key, from the latest experiments of the pipeline that compared anything. */
const deviationsOf = async ({ prisma }: Database, workspaceId: string, pipelineId: string) => {
  const experiments = await prisma.experiment.findMany({
    where: { workspaceId, pipelineId, endedAt: { not: null } },
    orderBy: { createdAt: "desc" },
    take: looked,
    select: { spec: true, report: true },
  });
  const known = new Map<string, number>();
  for (const { spec, report } of experiments) {
    const types = new Map(storedSpec(spec).scorers.map(({ id, type }) => [id, type]));
    for (const { id, scorerId, comparisons } of (report as unknown as Report | null)?.metrics ?? []) {
      const place = `${types.get(scorerId)}${id.slice(scorerId.length)}`;
      const widest = Math.max(...comparisons.map(({ error, clusters }) => (error ?? 0) * Math.sqrt(clusters)));
      if (widest > 0 && !known.has(place)) known.set(place, widest);
    }
  }
  return known;
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
      deviationsOf(database, workspaceId, pipelineId),
    ]);
    const requirements = spec.requirements.map(({ metric, margin }) => {
      const dot = metric.indexOf(".");
      const [scorerId, key] = [metric.slice(0, dot), metric.slice(dot + 1)];
      const type = spec.scorers.find(({ id }) => id === scorerId)?.type ?? "";
      const scorer = findScorer(type);
      const scale = scorer && metricsOf(scorer).find((each) => each.key === key)?.scale;
      const pilot = known.get(`${type}.${key}`);
      const deviation = pilot ?? (scale === undefined || scale === "number" ? null : Math.sqrt(usualDiscordance));
      if (margin === null || deviation === null) return { metric, power: null, rows: null, isGuess: false };
      const plan = { deviation, margin, alpha: spec.alpha };
      return {
        metric,
        power: counted.independent < leastRows ? 0 : marginPower(counted.independent, plan),
        rows: Math.max(leastRows, rowsForMargin(plan) ?? 0) || null,
        isGuess: pilot === undefined,
      };
    });
    return { ...counted, least: leastRows, requirements };
  });
