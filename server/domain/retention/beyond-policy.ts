import type { Database } from "@/server/platform/db/database";
import type { Beyond, RetentionForecast, RetentionPolicy } from "./retention.types";

const megabyte = 1_000_000;

/**
 * Runs that have ended and are not of this hour, in which an experiment may still be about to note its answer, latest first, with what their events take and what all that are as late take together. One that somebody rated, that a dataset has a row
 * of, or that an experiment that still exists has a cell of, is needed.
 * Parameters: workspace.
 */
const runs = `
SELECT r."id", r."startedAt" AS "at", s."bytes",
  sum(s."bytes") OVER (ORDER BY r."startedAt" DESC, r."id" DESC) AS "total",
  EXISTS (SELECT 1 FROM "RunFeedback" f WHERE f."runId" = r."id")
    OR EXISTS (SELECT 1 FROM "DatasetRow" d WHERE d."workspaceId" = $1 AND d."runId" = r."id")
    OR EXISTS (SELECT 1 FROM "ExperimentCell" c WHERE c."workspaceId" = $1 AND c."runId" = r."id") AS "needed"
FROM "Run" r
CROSS JOIN LATERAL (
  SELECT COALESCE(sum(pg_column_size(e."events")), 0)::bigint AS "bytes" FROM "RunEventChunk" e WHERE e."runId" = r."id"
) s
WHERE r."workspaceId" = $1 AND r."status" NOT IN ('running', 'paused') AND r."startedAt" < (now() AT TIME ZONE 'UTC') - interval '1 hour'`;

/**
 * Files, latest first. One that a document, rows, a version of a model or a dataset, a dataset's row, a pipeline's sample inputs or a kept run refers to is needed.
 * Those of runs have an end of their own and are not among them.
 */
const files = `
SELECT f."id", f."createdAt" AS "at", f."size"::bigint AS "bytes",
  sum(f."size"::bigint) OVER (ORDER BY f."createdAt" DESC, f."id" DESC) AS "total",
  EXISTS (SELECT 1 FROM "KnowledgeDocument" d WHERE d."workspaceId" = $1 AND d."fileId" = f."id")
    OR EXISTS (SELECT 1 FROM "TrainingSet" t WHERE t."workspaceId" = $1 AND t."fileId" = f."id")
    OR EXISTS (SELECT 1 FROM "DatasetVersion" v WHERE v."workspaceId" = $1 AND v."fileId" = f."id")
    OR EXISTS (
      SELECT 1 FROM "TunedModelVersion" m
      WHERE m."workspaceId" = $1 AND (m."weightsFileId" = f."id" OR strpos(m."metrics"::text, f."id") > 0)
    )
    OR EXISTS (SELECT 1 FROM "DatasetRow" w WHERE w."workspaceId" = $1 AND strpos(w."inputs"::text || w."expected"::text, f."id") > 0)
    OR EXISTS (SELECT 1 FROM "Pipeline" p WHERE p."workspaceId" = $1 AND strpos(p."sampleInputs"::text || p."document"::text, f."id") > 0)
    OR EXISTS (SELECT 1 FROM "ExperimentRow" x WHERE x."workspaceId" = $1 AND strpos(x."inputs", f."id") > 0)
    OR EXISTS (SELECT 1 FROM "Sheet" s WHERE s."workspaceId" = $1 AND strpos(s."fixed"::text, f."id") > 0) AS "needed"
FROM "StoredFile" f
WHERE f."workspaceId" = $1 AND f."expiresAt" IS NULL`;

interface Limits {
  readonly days: number | null;
  readonly megabytes: number | null;
}

/** What is older than the days allow, or beyond the room, in the order of `all`; parameters 2 and 3. */
const beyond = (all: string): string =>
  `SELECT "id", "at", "bytes", "needed" FROM (${all}) listed WHERE "at" < ($2::timestamptz AT TIME ZONE 'UTC') OR "total" > $3::bigint`;

const parametersOf = (workspaceId: string, { days, megabytes }: Limits, now: Date): readonly unknown[] => [
  workspaceId,
  new Date(days === null ? 0 : now.getTime() - days * 86_400_000).toISOString(),
  megabytes === null ? "9223372036854775807" : String(megabytes * megabyte),
];

const isOff = ({ days, megabytes }: Limits): boolean => days === null && megabytes === null;
const ofRuns = (policy: RetentionPolicy): Limits => ({
  days: policy.keepRunsDays,
  megabytes: policy.keepRunsMegabytes,
});
const ofFiles = (policy: RetentionPolicy): Limits => ({
  days: policy.keepFilesDays,
  megabytes: policy.keepFilesMegabytes,
});

const count = async (
  database: Database,
  all: string,
  limits: Limits,
  workspaceId: string,
  now: Date,
): Promise<Beyond> => {
  if (isOff(limits)) return { count: 0, bytes: 0, kept: 0 };
  const [row] = await database.query<{ count: string; bytes: string; kept: string }>(
    `SELECT count(*) FILTER (WHERE NOT "needed") AS "count", COALESCE(sum("bytes") FILTER (WHERE NOT "needed"), 0) AS "bytes",
       count(*) FILTER (WHERE "needed") AS "kept"
     FROM (${beyond(all)}) found`,
    parametersOf(workspaceId, limits, now),
  );
  return { count: Number(row?.count ?? 0), bytes: Number(row?.bytes ?? 0), kept: Number(row?.kept ?? 0) };
};

/** What a policy would free, and what it would leave because something refers to it. */
export const forecastRetention = async (
  database: Database,
  workspaceId: string,
  policy: RetentionPolicy,
  now: Date = new Date(),
): Promise<RetentionForecast> => ({
  runs: await count(database, runs, ofRuns(policy), workspaceId, now),
  files: await count(database, files, ofFiles(policy), workspaceId, now),
  sheets: (await sheetsBeyond(database, workspaceId, policy, now, null)).length,
  conversations: await silentConversations(database, workspaceId, policy, now),
});

const silentConversations = async (
  { prisma }: Database,
  workspaceId: string,
  { keepConversationsDays: days }: RetentionPolicy,
  now: Date,
): Promise<number> => {
  if (days === null) return 0;
  const lastTurnAt = { lt: new Date(now.getTime() - days * 86_400_000) };
  return prisma.conversation.count({ where: { workspaceId, forgottenAt: null, lastTurnAt } });
};

/** Sheets of answers that are older than runs are kept and not under way, oldest first. */
export const sheetsBeyond = async (
  database: Database,
  workspaceId: string,
  { keepRunsDays }: RetentionPolicy,
  now: Date,
  most: number | null,
): Promise<readonly { readonly id: string; readonly bytes: string }[]> => {
  if (keepRunsDays === null) return [];
  return database.query(
    `SELECT s."id", '0' AS "bytes" FROM "Sheet" s
     WHERE s."workspaceId" = $1 AND s."createdAt" < ($2::timestamptz AT TIME ZONE 'UTC')
       AND NOT EXISTS (SELECT 1 FROM "Job" j WHERE j."id" = s."jobId" AND j."status" IN ('queued', 'running'))
     ORDER BY s."createdAt", s."id" LIMIT $3`,
    [workspaceId, new Date(now.getTime() - keepRunsDays * 86_400_000).toISOString(), most],
  );
};

const next = async (database: Database, all: string, limits: Limits, workspaceId: string, now: Date, most: number) => {
  if (isOff(limits)) return [];
  return database.query<{ id: string; bytes: string }>(
    `SELECT "id", "bytes" FROM (${beyond(all)}) found WHERE NOT "needed" ORDER BY "at", "id" LIMIT ${most}`,
    parametersOf(workspaceId, limits, now),
  );
};

/** The oldest runs beyond a policy that nothing refers to. */
export const runsBeyond = (database: Database, workspaceId: string, policy: RetentionPolicy, now: Date, most: number) =>
  next(database, runs, ofRuns(policy), workspaceId, now, most);

/** The same of files. */
export const filesBeyond = (
  database: Database,
  workspaceId: string,
  policy: RetentionPolicy,
  now: Date,
  most: number,
) => next(database, files, ofFiles(policy), workspaceId, now, most);
