import type { Database } from "@/server/platform/db/database";

/** Whether the record of a run was erased with its conversation: then nothing of it may be stored any more. */
export const wasErased = async ({ query }: Pick<Database, "query">, runId: string): Promise<boolean> => {
  const rows = await query<{ runId: string }>(`SELECT "runId" FROM "ErasedRun" WHERE "runId" = $1`, [runId]);
  return rows.length > 0;
};

/** Days that an id is kept: far longer than a process that died leaves its journal behind. */
const keepDays = 400;
const mostRemoved = 10_000;

/** Forgets ids of runs that were erased long ago, a bounded number. */
export const removeOldErased = async ({ query }: Pick<Database, "query">): Promise<number> => {
  const rows = await query<{ runId: string }>(
    `DELETE FROM "ErasedRun" WHERE "runId" IN (
       SELECT "runId" FROM "ErasedRun" WHERE "at" < (now() AT TIME ZONE 'utc') - interval '${keepDays} days' LIMIT ${mostRemoved}
     ) RETURNING "runId"`,
    [],
  );
  return rows.length;
};
