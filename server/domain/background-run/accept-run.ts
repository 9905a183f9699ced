import type { RunInputs } from "@/runtime/plan/check-inputs";
import type { RunIdentity } from "@/server/domain/run/run-record";
import type { Database } from "@/server/platform/db/database";
import { backgroundLimits as limits } from "./background-limits";

/**
 * Takes a run into the queue. Once this says `accepted` it is stored, and no crash takes it back. `queue-full`: the API key, its workspace, or all together, have as many waiting
 * as may.
 */
export const acceptRun = async (
  database: Database,
  run: RunIdentity,
  inputs: RunInputs,
): Promise<"accepted" | "queue-full"> => {
  const text = JSON.stringify(inputs);
  const bytes = Buffer.byteLength(text);
  const accepted = await database.query<{ id: string }>(
    `WITH "own" AS (
       SELECT count(*) AS "runs", coalesce(sum("inputBytes"), 0) AS "bytes" FROM "BackgroundRun" WHERE NOT "isBegun" AND "apiKeyId" = $6
     ), "workspace" AS (
       SELECT count(*) AS "runs", coalesce(sum("inputBytes"), 0) AS "bytes" FROM "BackgroundRun" WHERE NOT "isBegun" AND "workspaceId" = $2
     ), "all" AS (
       SELECT count(*) AS "runs", coalesce(sum("inputBytes"), 0) AS "bytes" FROM "BackgroundRun" WHERE NOT "isBegun"
     )
     INSERT INTO "BackgroundRun" ("id", "workspaceId", "deploymentId", "pipelineId", "revisionId", "apiKeyId", "inputs", "inputBytes", "way", "createdAt")
     SELECT $1, $2, $3, $4, $5, $6, $7, $8::int, $9, (now() AT TIME ZONE 'utc') FROM "own", "workspace", "all"
     WHERE "own"."runs" < ${limits.waitingOfKey} AND "own"."bytes" + $8::int <= ${limits.bytesOfKey}
       AND "workspace"."runs" < ${limits.waitingOfWorkspace} AND "workspace"."bytes" + $8::int <= ${limits.bytesOfWorkspace}
       AND "all"."runs" < ${limits.waiting} AND "all"."bytes" + $8::int <= ${limits.bytes}
     RETURNING "id"`,
    [
      run.id,
      run.workspaceId,
      run.deploymentId,
      run.pipelineId,
      run.revisionId,
      run.apiKeyId,
      text,
      bytes,
      run.way ?? "background",
    ],
  );
  return accepted.length > 0 ? "accepted" : "queue-full";
};
