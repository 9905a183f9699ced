import { z } from "zod";
import { viewerProcedure } from "@/server/platform/trpc/procedures";

const input = z.strictObject({ days: z.int().min(1).max(366).default(30) });

interface Row {
  readonly pipelineId: string;
  readonly name: string;
  readonly decided: number;
  readonly rejected: number;
  readonly edited: number;
  readonly timedOut: number;
  /** Milliseconds from being asked to being decided. */
  readonly waitedMs: number | null;
  /** Seconds that a person had it open. */
  readonly seconds: number | null;
}

/** How people answered in the last days, by pipeline: how many, how often they changed or rejected what was proposed, and how long it took in the middle. */
export const inboxStatistics = viewerProcedure
  .input(input)
  .query(async ({ ctx: { database, workspaceId }, input: { days } }) => ({
    pipelines: await database.query<Row>(
      `SELECT t."pipelineId", p."name",
       count(*) FILTER (WHERE t."state" IN ('approved', 'rejected'))::int AS "decided",
       count(*) FILTER (WHERE t."state" = 'rejected')::int AS "rejected",
       count(*) FILTER (WHERE t."state" = 'approved' AND EXISTS (
         SELECT 1 FROM "InboxDecision" d WHERE d."taskId" = t."id" AND d."isEdit"))::int AS "edited",
       count(*) FILTER (WHERE t."state" = 'timedOut')::int AS "timedOut",
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM t."decidedAt" - t."createdAt") * 1000)
         FILTER (WHERE t."state" IN ('approved', 'rejected')) AS "waitedMs",
       (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY d."seconds") FROM "InboxDecision" d JOIN "InboxTask" o ON o."id" = d."taskId"
         WHERE o."pipelineId" = t."pipelineId" AND d."workspaceId" = $1 AND d."seconds" IS NOT NULL
           AND d."createdAt" > (now() AT TIME ZONE 'utc') - $2 * interval '1 day') AS "seconds"
     FROM "InboxTask" t JOIN "Pipeline" p ON p."id" = t."pipelineId"
     WHERE t."workspaceId" = $1 AND t."state" <> 'open' AND t."createdAt" > (now() AT TIME ZONE 'utc') - $2 * interval '1 day'
     GROUP BY t."pipelineId", p."name" ORDER BY "decided" DESC, p."name" LIMIT 50`,
      [workspaceId, days],
    ),
  }));
