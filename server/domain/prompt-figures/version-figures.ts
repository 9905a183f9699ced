import type { Interval, MetricReport, Report } from "@/runtime/eval/contract/report";
import { wilson } from "@/runtime/eval/statistics/wilson";
import { storedSpec } from "@/server/domain/experiment/ready-experiment";
import { findPrompt } from "@/server/domain/prompt/find-prompt";
import { byVersionInput } from "@/server/domain/prompt/prompt.types";
import type { Database } from "@/server/platform/db/database";
import { viewerProcedure } from "@/server/platform/trpc/procedures";

/** How far back runs are counted; ratings that stand for disagreement; experiments that are looked through, and shown. */
const days = 30;
const mostDisagreements = 20;
const [mostRead, mostShown] = [50, 5];

/** What an experiment says of a version, by its main metric. */
export interface VersionScore {
  readonly experimentId: string;
  readonly name: string;
  readonly at: Date;
  readonly metric: Pick<MetricReport, "title" | "scale" | "unit" | "better" | "kind">;
  readonly rows: number;
  readonly estimate: Interval;
}

interface Counted {
  readonly runs: number;
  readonly failures: number;
  readonly costMicroUsd: number | null;
  readonly unpriced: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly good: number;
  readonly bad: number;
}

/** What became of a version where it ran: runs of the last 30 days that are no experiment's, ratings, and what experiments measured. Times and costs are of whole runs. */
export const versionFigures = viewerProcedure.input(byVersionInput).query(async ({ ctx, input: { id, number } }) => {
  const { database, workspaceId } = ctx;
  await findPrompt(database.prisma, workspaceId, id);
  const uses = await database.prisma.promptUse.findMany({
    where: { promptId: id, workspaceId, number },
    distinct: ["revisionId"],
    select: { revisionId: true, revision: { select: { pipelineId: true } } },
  });
  const used = uses.map(({ revisionId }) => revisionId);
  const pipelines = [...new Set(uses.map(({ revision }) => revision.pipelineId))];
  const since = new Date(Date.now() - days * 24 * 3_600_000);
  const [[counted], disagreements, scores] = await Promise.all([
    database.query<Counted>(
      `SELECT count(*)::int AS "runs", count(*) FILTER (WHERE r."status" = 'failure')::int AS "failures",
         sum(r."costMicroUsd")::float8 AS "costMicroUsd", count(*) FILTER (WHERE r."costMicroUsd" IS NULL)::int AS "unpriced",
         percentile_cont(0.5) WITHIN GROUP (ORDER BY r."durationMs") AS "p50",
         percentile_cont(0.95) WITHIN GROUP (ORDER BY r."durationMs") AS "p95",
         count(*) FILTER (WHERE f."rating" = 'good')::int AS "good", count(*) FILTER (WHERE f."rating" = 'bad')::int AS "bad"
       FROM "Run" r LEFT JOIN "RunFeedback" f ON f."runId" = r."id"
       WHERE r."workspaceId" = $1 AND r."pipelineId" = ANY($2::text[]) AND r."revisionId" = ANY($3::text[])
         AND r."trigger" <> 'evaluation' AND r."endedAt" IS NOT NULL AND r."startedAt" >= $4`,
      [workspaceId, pipelines, used, since.toISOString()],
    ),
    database.prisma.run.findMany({
      where: { workspaceId, pipelineId: { in: pipelines }, revisionId: { in: used }, feedback: { rating: "bad" } },
      orderBy: [{ startedAt: "desc" }, { id: "desc" }],
      take: mostDisagreements,
      select: {
        id: true,
        question: true,
        answer: true,
        startedAt: true,
        feedback: { select: { correction: true } },
      },
    }),
    scoresOf(database, workspaceId, pipelines, new Set(used)),
  ]);
  const { good = 0, bad = 0 } = counted ?? {};
  return {
    days,
    versions: used.length,
    runs: counted?.runs ?? 0,
    failures: counted?.failures ?? 0,
    costMicroUsd: counted?.costMicroUsd ?? null,
    /** Runs whose cost is not known. */
    unpriced: counted?.unpriced ?? 0,
    p50: counted?.p50 ?? null,
    p95: counted?.p95 ?? null,
    /** Share of ratings that are good, with its 95 % interval (Wilson); null without any. */
    ratings: good + bad === 0 ? null : { good, bad, ...wilson(good, good + bad) },
    scores,
    disagreements: disagreements.map(({ feedback, ...run }) => ({ ...run, correction: feedback?.correction ?? "" })),
  };
});

const scoresOf = async (
  { prisma }: Database,
  workspaceId: string,
  pipelines: readonly string[],
  used: ReadonlySet<string>,
): Promise<readonly VersionScore[]> => {
  if (pipelines.length === 0) return [];
  const rows = await prisma.experiment.findMany({
    where: { workspaceId, pipelineId: { in: [...pipelines] } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: mostRead,
    select: { id: true, spec: true },
  });
  const scores: VersionScore[] = [];
  for (const { id, spec } of rows) {
    const place = storedSpec(spec).variants.findIndex(({ revisionId }) => used.has(revisionId));
    if (place < 0) continue;
    const found = await prisma.experiment.findFirst({
      where: { id, workspaceId },
      select: { name: true, createdAt: true, report: true },
    });
    const score = found === null ? null : scoreIn(found.report as unknown as Report | null, place);
    if (found === null || score === null) continue;
    scores.push({ experimentId: id, name: found.name, at: found.createdAt, ...score });
    if (scores.length === mostShown) break;
  }
  return scores;
};

/** The main metric of one variant; null where nothing was measured, or only preferences between two. */
const scoreIn = (report: Report | null, variant: number): Pick<VersionScore, "metric" | "rows" | "estimate"> | null => {
  const metric = report?.metrics.find(({ id }) => id === report.primary);
  const value = metric?.values.find((each) => each.variant === variant);
  if (metric === undefined || value === undefined || value.estimate === null) return null;
  const { title, scale, unit, better, kind } = metric;
  return { metric: { title, scale, unit, better, kind }, rows: value.rows, estimate: value.estimate };
};
