import type { RunEvent } from "@/runtime/run/events";
import { writeLog } from "@/server/domain/run-log/log-text";
import type { Database } from "@/server/platform/db/database";
import { textArray } from "@/server/platform/db/text-array";
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
}

/** The same with its log as text, which takes a fraction of the memory where it has to wait. */
export interface RunText extends Omit<RunWrite, "events"> {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly log: string;
  /** What its steps ask of people in this stretch; left out where they ask nothing. */
  readonly tasks?: readonly NewTask[];
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

/**
 * Parts of one statement, so that a row, its log and its end are there together or not at all, and many runs cost one round trip. Where the
 * database went away after it had stored them, the same statement sent again changes nothing.
 */
export const runParts = `
"written" AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(
    "id" text, "workspaceId" text, "pipelineId" text, "revisionId" text, "deploymentId" text, "apiKeyId" text, "userId" text,
    "trigger" "RunTrigger", "status" "RunStatus", "startedAt" timestamp(3), "endedAt" timestamp(3), "durationMs" int,
    "inputTokens" int, "outputTokens" int, "uncountedCalls" int, "costMicroUsd" bigint, "errorCode" text, "errorMessage" text, "replyOutcome" text,
    "question" text, "answer" text, "isNew" boolean, "lastSeq" int)
), "begun" AS (
  INSERT INTO "Run" ("id", "workspaceId", "pipelineId", "revisionId", "deploymentId", "apiKeyId", "userId", "trigger", "status",
    "startedAt", "endedAt", "durationMs", "inputTokens", "outputTokens", "uncountedCalls", "costMicroUsd", "errorCode", "errorMessage",
    "replyOutcome", "question", "answer", "leaseUntil")
  SELECT "id", "workspaceId", "pipelineId", "revisionId", "deploymentId", "apiKeyId", "userId", "trigger", "status", "startedAt",
    "endedAt", "durationMs", "inputTokens", "outputTokens", "uncountedCalls", "costMicroUsd", "errorCode", "errorMessage",
    "replyOutcome", "question", "answer", (now() AT TIME ZONE 'utc') + $2 * interval '1 millisecond'
  FROM "written" WHERE "isNew"
  ON CONFLICT DO NOTHING
), "ended" AS (
  UPDATE "Run" SET "status" = w."status", "endedAt" = w."endedAt", "durationMs" = w."durationMs",
    "inputTokens" = w."inputTokens", "outputTokens" = w."outputTokens", "uncountedCalls" = w."uncountedCalls", "costMicroUsd" = w."costMicroUsd",
    "errorCode" = w."errorCode", "errorMessage" = w."errorMessage", "replyOutcome" = w."replyOutcome",
    "question" = w."question", "answer" = w."answer"
  FROM "written" w WHERE "Run"."id" = w."id" AND NOT w."isNew" AND w."status" <> 'running'
    -- Sent again after somebody has answered, it must not make the run wait once more.
    AND (w."status" <> 'paused' OR NOT EXISTS (SELECT 1 FROM "RunEventChunk" c WHERE c."runId" = w."id" AND c."firstSeq" > w."lastSeq"))
)`;

/** The rest of it: the stretches of the logs. */
export const runChunks = `
INSERT INTO "RunEventChunk" ("runId", "firstSeq", "lastSeq", "workspaceId", "events")
SELECT * FROM unnest($3::text[], $4::int[], $5::int[], $6::text[], $7::text[])
ON CONFLICT DO NOTHING`;

/** How long a process vouches for the runs it has under way before it has to say so again. */
export const leaseMs = 30_000;

/** $1 to $7 of the statement. */
export const runParameters = (writes: readonly RunText[]): unknown[] => [
  JSON.stringify(writes.map(({ run, isNew, summary, lastSeq }) => ({ ...run, ...summary, isNew, lastSeq }))),
  leaseMs,
  textArray(writes.map(({ run }) => run.id)),
  writes.map(({ firstSeq }) => firstSeq),
  writes.map(({ lastSeq }) => lastSeq),
  textArray(writes.map(({ run }) => run.workspaceId)),
  textArray(writes.map(({ log }) => log)),
];

export const writeTexts = async (database: Database, texts: readonly RunText[]): Promise<void> => {
  const parameters = runParameters(texts);
  const people = peopleParts(texts, parameters.length);
  await database.query(`WITH ${runParts}${people.parts}${runChunks}`, [...parameters, ...people.parameters]);
};

export const writeRuns = (database: Database, writes: readonly RunWrite[]): Promise<void> =>
  writeTexts(
    database,
    writes.map(({ events, ...write }) => ({ ...write, ...logText(events) })),
  );
