import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { cacheStateInput } from "./answer-cache.types";

/** What one step keeps, and what that was worth. */
export interface CacheState {
  /** null for the draft. */
  readonly deploymentId: string | null;
  readonly step: string;
  readonly entries: number;
  readonly bytes: number;
  readonly hits: number;
  readonly misses: number;
  /** Questions for which nothing was looked for. */
  readonly aside: number;
  readonly savedMs: number;
  /** Millionths of a US dollar, of the hits whose price is known. */
  readonly savedMicroUsd: number;
  /** Hits whose price is not known. */
  readonly unpriced: number;
  readonly oldest: Date | null;
}

/** Days of which the figures tell. */
export const stateDays = 30;

/** What the steps of a pipeline keep now, and their figures of the last 30 days. */
export const cacheState = viewerProcedure
  .input(cacheStateInput)
  .query(async ({ ctx, input }): Promise<readonly CacheState[]> => {
    const { database, workspaceId } = ctx;
    const { pipelineId, deploymentId, step } = input;
    const own = { id: pipelineId, workspaceId };
    if ((await database.prisma.pipeline.findFirst({ where: own, select: { id: true } })) === null)
      throw notFound("pipeline");
    const rows = await database.query<Omit<CacheState, "deploymentId"> & { owner: string }>(
      `WITH "kept" AS (
         SELECT "owner", "step", count(*)::int AS "entries", sum("bytes")::float8 AS "bytes", min("createdAt") AS "oldest"
         FROM "CachedAnswer" WHERE "workspaceId" = $1 AND "pipelineId" = $2 AND "expiresAt" > (now() AT TIME ZONE 'UTC') GROUP BY 1, 2
       ), "days" AS (
         SELECT "owner", "step", sum("hits")::int AS "hits", sum("misses")::int AS "misses", sum("aside")::int AS "aside",
           sum("savedMs")::float8 AS "savedMs", sum("savedMicroUsd")::float8 AS "savedMicroUsd", sum("unpriced")::int AS "unpriced"
         FROM "CacheDay" WHERE "workspaceId" = $1 AND "pipelineId" = $2 AND "day" > (now() AT TIME ZONE 'UTC')::date - ${stateDays} GROUP BY 1, 2
       )
       SELECT "owner", "step", coalesce("entries", 0) AS "entries", coalesce("bytes", 0) AS "bytes", "oldest", coalesce("hits", 0) AS "hits",
         coalesce("misses", 0) AS "misses", coalesce("aside", 0) AS "aside", coalesce("savedMs", 0) AS "savedMs",
         coalesce("savedMicroUsd", 0) AS "savedMicroUsd", coalesce("unpriced", 0) AS "unpriced"
       FROM "kept" FULL JOIN "days" USING ("owner", "step")
       WHERE ($3::text IS NULL OR "owner" = $3) AND ($4::text IS NULL OR "step" = $4) ORDER BY "owner", "step" LIMIT 200`,
      [workspaceId, pipelineId, deploymentId === undefined ? null : `deployment:${deploymentId}`, step ?? null],
    );
    return rows.map(({ owner, ...row }) => ({
      ...row,
      deploymentId: owner.startsWith("deployment:") ? owner.slice("deployment:".length) : null,
    }));
  });
