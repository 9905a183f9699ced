import type { EndedTurn } from "@/runtime/run/ended-turn";
import type { RunEvent } from "@/runtime/run/events";
import { turnParts } from "@/server/domain/conversation/turn-parts";
import { writeLog } from "@/server/domain/run-log/log-text";
import type { Database } from "@/server/platform/db/database";
import { textArray } from "@/server/platform/db/text-array";
import { maskPersonal } from "./pause/mask-personal";
import { type NewTask, peopleParts, tasksOf } from "./pause/task-parts";
import type { RunIdentity, RunSummary } from "./run-record";

/** What is to be written of one run: its row if it has none yet, a stretch of its log, and how it ended if it has. */
export interface RunWrite {
  readonly run: RunIdentity;
  readonly isNew: boolean;
  /** At least one, in order and without gap. */
  readonly events: readonly RunEvent[];
  readonly summary: RunSummary;
  /** Nobody is asked any more what its steps asked: it has ended. */
  readonly withdraws?: boolean;
  /** What its end is to the conversation that it is a turn of; left out where it is of none, and before its end. */
  readonly turn?: EndedTurn;
  /** What its steps took, as `RunFigures` writes it; left out where nobody counts that, and before its end. */
  readonly figures?: string;
}

/** The same with its log as text, which takes a fraction of the memory where it has to wait. */
export interface RunText extends Omit<RunWrite, "events"> {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly log: string;
  /** What its steps ask of people in this stretch; left out where they ask nothing. */
  readonly tasks?: readonly NewTask[];
  /** What was asked by steps that end in this stretch, as `InboxTask.place`; left out where nothing was. */
  readonly endedPlaces?: readonly string[];
}

/** The first events whose text is not longer than `most` characters together, at least one. */
export const logStretch = (
  events: readonly RunEvent[],
  from: number,
  most: number,
): Pick<RunText, "firstSeq" | "lastSeq" | "log" | "tasks"> & { readonly count: number } => {
  const { log, count } = writeLog(events, from, most);
  const tasks = tasksOf(events, from, from + count);
  const asked = tasks.length > 0 ? { tasks } : {};
  return { firstSeq: events[from]?.seq ?? 0, lastSeq: events[from + count - 1]?.seq ?? 0, log, count, ...asked };
};

export const logText = (events: readonly RunEvent[]): Pick<RunText, "firstSeq" | "lastSeq" | "log" | "tasks"> => {
  const { count: _, ...text } = logStretch(events, 0, Number.POSITIVE_INFINITY);
  return text;
};

/** A run that ends sooner is in the database well before its half hour is rolled up (server/domain/rollup). */
export const lateAfterMs = 120_000;

/** A column of what is written: its name, its type, and its value as PostgreSQL reads it. */
type Column = readonly [name: string, type: string, value: (write: RunText) => string | null];

const numberText = (value: number | null): string | null => (value === null ? null : String(value));

const columns: readonly Column[] = [
  ["id", "text", ({ run }) => run.id],
  ["workspaceId", "text", ({ run }) => run.workspaceId],
  ["pipelineId", "text", ({ run }) => run.pipelineId],
  ["revisionId", "text", ({ run }) => run.revisionId],
  ["deploymentId", "text", ({ run }) => run.deploymentId],
  ["apiKeyId", "text", ({ run }) => run.apiKeyId],
  ["userId", "text", ({ run }) => run.userId ?? null],
  ["trigger", `"RunTrigger"`, ({ run }) => run.trigger],
  ["way", "text", ({ run }) => run.way ?? null],
  ["status", `"RunStatus"`, ({ summary }) => summary.status],
  ["startedAt", "timestamp(3)", ({ summary }) => summary.startedAt],
  ["endedAt", "timestamp(3)", ({ summary }) => summary.endedAt],
  ["durationMs", "int", ({ summary }) => numberText(summary.durationMs)],
  ["inputTokens", "int", ({ summary }) => numberText(summary.inputTokens)],
  ["outputTokens", "int", ({ summary }) => numberText(summary.outputTokens)],
  ["uncountedCalls", "int", ({ summary }) => numberText(summary.uncountedCalls)],
  ["costMicroUsd", "bigint", ({ summary }) => numberText(summary.costMicroUsd)],
  ["errorCode", "text", ({ summary }) => summary.errorCode],
  ["errorMessage", "text", ({ summary }) => summary.errorMessage],
  ["replyOutcome", "text", ({ summary }) => summary.replyOutcome],
  ["question", "text", ({ summary }) => summary.question],
  ["answer", "text", ({ summary }) => summary.answer],
  ["figures", "text", ({ figures }) => figures ?? null],
  ["isNew", "boolean", ({ isNew }) => String(isNew)],
  ["firstSeq", "int", ({ firstSeq }) => String(firstSeq)],
  ["lastSeq", "int", ({ lastSeq }) => String(lastSeq)],
  ["log", "text", ({ log }) => log],
];

/** How many parameters `runParts` and `runChunks` take: those of the rest of a statement follow. */
export const runParameterCount = columns.length + 1;

const lease = `(now() AT TIME ZONE 'utc') + $${runParameterCount} * interval '1 millisecond'`;

/**
 * Part of a statement that notes which of the runs that it ends began so long ago that their half hour may have been rolled up without them. Each is a row of its own, so
 * that nobody waits for whoever counts them.
 */
export const lateRuns = (ended: string): string => `"late" AS (
  INSERT INTO "LateRun" ("runId", "startedAt")
  SELECT "id", "startedAt" FROM (${ended}) e WHERE "startedAt" < (now() AT TIME ZONE 'utc') - interval '${lateAfterMs} milliseconds'
  ON CONFLICT DO NOTHING
)`;

/**
 * Parts of one statement, so that a row, its log and its end are there together or not at all, and many runs cost one round trip. Where the
 * database went away after it had stored them, the same statement sent again changes nothing. What a row belongs to is looked up and locked once for all
 * rows: the embedded database does not look for each of them (server/platform/db/trusted-writers.ts). A run whose version is gone is refused as
 * having no id, as a stretch of a run that is gone is.
 */
export const runParts = `
"written" AS (
  SELECT ${columns.map(([name, type]) => `"${name}"::${type}`).join(", ")}
  FROM unnest(${columns.map((_, index) => `$${index + 1}::text[]`).join(", ")}) AS r(${columns.map(([name]) => `"${name}"`).join(", ")})
), "versions" AS (
  SELECT "id", "pipelineId" FROM "Revision" WHERE "id" IN (SELECT "revisionId" FROM "written" WHERE "isNew") FOR KEY SHARE
), "servedBy" AS (
  SELECT "id" FROM "Deployment" WHERE "id" IN (SELECT "deploymentId" FROM "written" WHERE "isNew") FOR KEY SHARE
), "known" AS (
  SELECT "id" FROM "Run" WHERE "id" IN (SELECT "id" FROM "written" WHERE NOT "isNew") FOR KEY SHARE
), "begun" AS (
  INSERT INTO "Run" ("id", "workspaceId", "pipelineId", "revisionId", "deploymentId", "apiKeyId", "userId", "trigger", "way", "status",
    "startedAt", "endedAt", "durationMs", "inputTokens", "outputTokens", "uncountedCalls", "costMicroUsd", "errorCode", "errorMessage",
    "replyOutcome", "question", "answer", "figures", "leaseUntil")
  SELECT CASE WHEN ("revisionId", "pipelineId") IN (SELECT "id", "pipelineId" FROM "versions") THEN "id" END, "workspaceId", "pipelineId", "revisionId",
    CASE WHEN "deploymentId" IN (SELECT "id" FROM "servedBy") THEN "deploymentId" END, "apiKeyId", "userId", "trigger", "way", "status", "startedAt",
    "endedAt", "durationMs", "inputTokens", "outputTokens", "uncountedCalls", "costMicroUsd", "errorCode", "errorMessage",
    "replyOutcome", "question", "answer", "figures", ${lease}
  FROM "written" WHERE "isNew"
  ON CONFLICT DO NOTHING
), "ended" AS (
  UPDATE "Run" SET "status" = w."status", "endedAt" = w."endedAt", "durationMs" = w."durationMs",
    "inputTokens" = w."inputTokens", "outputTokens" = w."outputTokens", "uncountedCalls" = w."uncountedCalls", "costMicroUsd" = w."costMicroUsd",
    "errorCode" = w."errorCode", "errorMessage" = w."errorMessage", "replyOutcome" = w."replyOutcome",
    "question" = w."question", "answer" = w."answer", "figures" = w."figures"
  FROM "written" w WHERE "Run"."id" = w."id" AND NOT w."isNew" AND w."status" <> 'running'
    -- Sent again after somebody has answered, it must not make the run wait once more.
    AND (w."status" <> 'paused' OR NOT EXISTS (SELECT 1 FROM "RunEventChunk" c WHERE c."runId" = w."id" AND c."firstSeq" > w."lastSeq"))
), ${lateRuns(`SELECT "id", "startedAt" FROM "written" WHERE "deploymentId" IS NOT NULL AND "status" NOT IN ('running', 'paused')`)}`;

/** The rest of it: the stretches of the logs. */
export const runChunks = `
INSERT INTO "RunEventChunk" ("runId", "firstSeq", "lastSeq", "workspaceId", "events")
SELECT CASE WHEN "isNew" OR "id" IN (SELECT "id" FROM "known") THEN "id" END, "firstSeq", "lastSeq", "workspaceId", "log" FROM "written"
ON CONFLICT DO NOTHING`;

/** How long a process vouches for the runs it has under way before it has to say so again. */
export const leaseMs = 30_000;

/** The first parameters of the statement. */
export const runParameters = (writes: readonly RunText[]): unknown[] => [
  ...columns.map(([, , value]) => textArray(writes.map(value))),
  leaseMs,
];

const withoutPersonal = async (text: string): Promise<string> => (await maskPersonal(text)).value as string;

export const writeTexts = async (database: Database, texts: readonly RunText[]): Promise<void> => {
  const parameters = runParameters(texts);
  const people = peopleParts(texts, parameters.length);
  const turns = await turnParts(texts, parameters.length + people.parameters.length, withoutPersonal);
  await database.query(`WITH ${runParts}${people.parts}${turns.parts}${runChunks}`, [
    ...parameters,
    ...people.parameters,
    ...turns.parameters,
  ]);
};

export const writeRuns = (database: Database, writes: readonly RunWrite[]): Promise<void> =>
  writeTexts(
    database,
    writes.map(({ events, ...write }) => ({ ...write, ...logText(events) })),
  );
