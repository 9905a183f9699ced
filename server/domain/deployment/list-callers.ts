import { notFound } from "@/server/platform/guard/application-error";
import { sourceKindOf } from "@/server/platform/route/source";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { byPipelineInput, type DeploymentCallers } from "./deployment.types";

const dayMs = 86_400_000;
/** Keys that are named; the calls of all are counted. */
const mostNamed = 20;

interface Row {
  readonly name: string | null;
  readonly prefix: string | null;
  /** The id of a key, or the kind of a source and a colon. */
  readonly caller: string | null;
  readonly calls: number;
  readonly lastAt: Date;
  readonly all: number;
  readonly keys: number;
}

/** Who called a pipeline's address in the last 24 hours, most calls first: what is asked about before the address stops answering. */
export const listCallers = viewerProcedure.input(byPipelineInput).query(async ({ ctx, input }) => {
  const { prisma } = ctx.database;
  const { workspaceId } = ctx;
  const { pipelineId } = input;
  const pipeline = await prisma.pipeline.findFirst({
    where: { id: pipelineId, workspaceId, deletedAt: null },
    select: { deployments: { orderBy: { publishedAt: "desc" }, take: 1, select: { slug: true, active: true } } },
  });
  if (pipeline === null) throw notFound("pipeline");
  const since = new Date(Date.now() - dayMs);
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT key."name", key."prefix", called."caller", called."calls", called."lastAt",
      (sum(called."calls") OVER ())::int AS "all", (count(*) OVER ())::int AS "keys"
    FROM (
      SELECT regexp_replace("apiKeyId", ':.*$', ':') AS "caller", count(*)::int AS "calls", max("startedAt") AS "lastAt" FROM "Run"
      WHERE "pipelineId" = ${pipelineId} AND "workspaceId" = ${workspaceId} AND "trigger" = 'api' AND "startedAt" >= ${since}
      GROUP BY 1
    ) AS called
    LEFT JOIN "ApiKey" key ON key."id" = called."caller" AND key."workspaceId" = ${workspaceId}
    ORDER BY called."calls" DESC, called."lastAt" DESC
    LIMIT ${mostNamed}`;
  const [deployment] = pipeline.deployments;
  const answer: DeploymentCallers = {
    address: deployment === undefined ? null : { slug: deployment.slug, active: deployment.active },
    callers: rows.map(({ name, prefix, caller, calls, lastAt }) => ({
      name,
      prefix,
      source: sourceKindOf(caller),
      calls,
      lastAt,
    })),
    calls: rows[0]?.all ?? 0,
    keys: rows[0]?.keys ?? 0,
  };
  return answer;
});
