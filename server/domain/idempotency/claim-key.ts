import type { Database } from "@/server/platform/db/database";
import { idempotencyLimits as limits } from "./idempotency-limits";

/** A request that must not start a second run: whose it is, what it is called, and a hash of what it asks. */
export interface KeyedRequest {
  readonly apiKeyId: string;
  readonly key: string;
  /** SHA-256, hex. */
  readonly requestHash: string;
}

export type Claim =
  /** Nobody has asked this: whoever is told so starts the run under this id. */
  | { readonly kind: "mine"; readonly runId: string }
  /** It was asked before. `isKept`: its answer was there; else the run may still be on its way into being. */
  | { readonly kind: "known"; readonly runId: string; readonly isKept: boolean }
  /** The key stands for another request. */
  | { readonly kind: "reused" }
  /** The API key has as many as are kept. */
  | { readonly kind: "too-many" };

interface Row {
  readonly requestHash: string;
  readonly runId: string;
  readonly isKept: boolean;
}

const utcNow = "(now() AT TIME ZONE 'utc')";
const isOld = `"IdempotencyKey"."createdAt" < ${utcNow} - interval '${limits.keepHours} hours'`;

/** Of all that ask under one key at once, exactly one is told "mine". A key older than a day counts as new. */
export const claimKey = async (
  database: Database,
  { apiKeyId, key, requestHash }: KeyedRequest,
  runId: string,
): Promise<Claim> => {
  const [mine] = await database.query<{ runId: string }>(
    `INSERT INTO "IdempotencyKey" ("apiKeyId", "key", "requestHash", "runId", "claimedUntil", "createdAt")
     SELECT $1, $2, $3, $4, ${utcNow} + $5 * interval '1 millisecond', ${utcNow}
     WHERE (SELECT count(*) FROM (SELECT 1 FROM "IdempotencyKey" WHERE "apiKeyId" = $1 LIMIT ${limits.keys}) k) < ${limits.keys}
     ON CONFLICT ("apiKeyId", "key") DO UPDATE
       SET "requestHash" = EXCLUDED."requestHash", "runId" = EXCLUDED."runId", "claimedUntil" = EXCLUDED."claimedUntil",
         "createdAt" = EXCLUDED."createdAt"
       WHERE ${isOld}
     RETURNING "runId"`,
    [apiKeyId, key, requestHash, runId, limits.claimMs],
  );
  if (mine !== undefined) return { kind: "mine", runId };
  const [known] = await database.query<Row>(
    `SELECT "requestHash", "runId", "claimedUntil" IS NULL AS "isKept" FROM "IdempotencyKey" WHERE "apiKeyId" = $1 AND "key" = $2`,
    [apiKeyId, key],
  );
  if (known === undefined) return { kind: "too-many" };
  if (known.requestHash !== requestHash) return { kind: "reused" };
  return { kind: "known", runId: known.runId, isKept: known.isKept };
};

/**
 * Takes over from whoever came first and was gone before its run began, as a process that was killed is. Says whether it did: one of many does, and none
 * while the first may still be at it.
 */
export const takeOverKey = async (
  database: Database,
  { apiKeyId, key }: KeyedRequest,
  formerRunId: string,
  runId: string,
): Promise<boolean> => {
  const taken = await database.query<{ runId: string }>(
    `UPDATE "IdempotencyKey" SET "runId" = $4, "claimedUntil" = ${utcNow} + $5 * interval '1 millisecond'
     WHERE "apiKeyId" = $1 AND "key" = $2 AND "runId" = $3 AND "claimedUntil" < ${utcNow} RETURNING "runId"`,
    [apiKeyId, key, formerRunId, runId, limits.claimMs],
  );
  return taken.length > 0;
};

/** The answer is kept: from now on the key stands for it and for nothing else. */
export const keepKey = async (database: Database, { apiKeyId, key }: KeyedRequest, runId: string): Promise<void> => {
  await database.query(
    `UPDATE "IdempotencyKey" SET "claimedUntil" = NULL WHERE "apiKeyId" = $1 AND "key" = $2 AND "runId" = $3`,
    [apiKeyId, key, runId],
  );
};

/** The request was refused before its run began: corrected, it may be sent again under the same key. */
export const releaseKey = async (database: Database, { apiKeyId, key }: KeyedRequest, runId: string): Promise<void> => {
  await database.query(`DELETE FROM "IdempotencyKey" WHERE "apiKeyId" = $1 AND "key" = $2 AND "runId" = $3`, [
    apiKeyId,
    key,
    runId,
  ]);
};

/** Keys removed in one go. */
const mostRemoved = 5_000;

/** Removes keys that are older than a day, a bounded number; gives how many. To be called again and again. */
export const removeOldKeys = async (database: Database): Promise<number> => {
  const removed = await database.query<{ key: string }>(
    `DELETE FROM "IdempotencyKey" WHERE ("apiKeyId", "key") IN (
       SELECT "apiKeyId", "key" FROM "IdempotencyKey" WHERE ${isOld} LIMIT ${mostRemoved}
     ) RETURNING "key"`,
    [],
  );
  return removed.length;
};
