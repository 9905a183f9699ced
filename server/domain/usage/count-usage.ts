import type { Database } from "@/server/platform/db/database";
import type { Window } from "./usage-windows";

interface Row {
  readonly scope: string;
  readonly kind: string;
  readonly requests: string;
  readonly tokens: string;
  readonly costMicroUsd: string;
}

/** A window with what was used in it, in the unit of its limit. */
export interface Used extends Window {
  readonly used: number;
}

const microUsd = 1_000_000;

const usedOf = ({ kind }: Window, row: Row | undefined): number => {
  if (kind === "requestsPerMinute") return Number(row?.requests ?? 0);
  return kind === "tokensPerDay" ? Number(row?.tokens ?? 0) : Number(row?.costMicroUsd ?? 0) / microUsd;
};

/**
 * Counts one more run in all of its windows, in one statement, and gives what was used with it. Exact over all processes that share the database: of those that ask
 * at once, each is told another number.
 */
export const countRun = async (database: Database, windows: readonly Window[]): Promise<readonly Used[]> => {
  const rows = await database.query<Row>(
    `INSERT INTO "UsageWindow" ("scope", "kind", "startsAt", "endsAt", "requests")
     SELECT u."scope", u."kind", u."startsAt"::timestamp(3), u."endsAt"::timestamp(3), 1
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS u("scope", "kind", "startsAt", "endsAt") ORDER BY 1, 2
     ON CONFLICT ("scope", "kind", "startsAt") DO UPDATE SET "requests" = "UsageWindow"."requests" + 1
     RETURNING "scope", "kind", "requests"::text, "tokens"::text, "costMicroUsd"::text`,
    columnsOf(windows),
  );
  return windows.map((window) => {
    const row = rows.find(({ scope, kind }) => scope === window.scope && kind === window.kind);
    return { ...window, used: usedOf(window, row) };
  });
};

const stored = (at: Date): string => at.toISOString().slice(0, -1);

const columnsOf = (windows: readonly Window[]): unknown[] => [
  windows.map(({ scope }) => scope),
  windows.map(({ kind }) => kind),
  windows.map(({ startsAt }) => stored(startsAt)),
  windows.map(({ endsAt }) => stored(endsAt)),
];

/** Takes back what `countRun` counted, for a run that did not begin. */
export const uncountRun = async (database: Database, windows: readonly Window[]): Promise<void> => {
  const [scopes, kinds, starts] = columnsOf(windows);
  await database.query(
    `UPDATE "UsageWindow" w SET "requests" = greatest(w."requests" - 1, 0)
     FROM unnest($1::text[], $2::text[], $3::text[]) AS u("scope", "kind", "startsAt")
     WHERE w."scope" = u."scope" AND w."kind" = u."kind" AND w."startsAt" = u."startsAt"::timestamp(3)`,
    [scopes, kinds, starts],
  );
};

/** Adds what a run took, once it has ended, to the windows that it began in. */
export const addUsage = async (
  database: Database,
  windows: readonly Window[],
  { tokens, costMicroUsd }: { readonly tokens: number; readonly costMicroUsd: number },
): Promise<void> => {
  if (windows.length === 0 || (tokens === 0 && costMicroUsd === 0)) return;
  await database.query(
    `INSERT INTO "UsageWindow" ("scope", "kind", "startsAt", "endsAt", "tokens", "costMicroUsd")
     SELECT u."scope", u."kind", u."startsAt"::timestamp(3), u."endsAt"::timestamp(3), $5::bigint, $6::bigint
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS u("scope", "kind", "startsAt", "endsAt") ORDER BY 1, 2
     ON CONFLICT ("scope", "kind", "startsAt") DO UPDATE
       SET "tokens" = "UsageWindow"."tokens" + EXCLUDED."tokens",
         "costMicroUsd" = "UsageWindow"."costMicroUsd" + EXCLUDED."costMicroUsd"`,
    [...columnsOf(windows), tokens, Math.round(costMicroUsd)],
  );
};

/** What was used in windows so far, without counting anything. */
export const readUsage = async (database: Database, windows: readonly Window[]): Promise<readonly Used[]> => {
  if (windows.length === 0) return [];
  const [scopes, kinds, starts] = columnsOf(windows);
  const rows = await database.query<Row>(
    `SELECT w."scope", w."kind", w."requests"::text, w."tokens"::text, w."costMicroUsd"::text
     FROM "UsageWindow" w JOIN unnest($1::text[], $2::text[], $3::text[]) AS u("scope", "kind", "startsAt")
       ON w."scope" = u."scope" AND w."kind" = u."kind" AND w."startsAt" = u."startsAt"::timestamp(3)`,
    [scopes, kinds, starts],
  );
  return windows.map((window) => ({
    ...window,
    used: usedOf(
      window,
      rows.find(({ scope, kind }) => scope === window.scope && kind === window.kind),
    ),
  }));
};

const mostRemoved = 10_000;

/** Removes windows that are over for two days, a bounded number. To be called again and again. */
export const removeOldWindows = async (database: Database): Promise<number> => {
  const removed = await database.query<{ scope: string }>(
    `DELETE FROM "UsageWindow" WHERE ("scope", "kind", "startsAt") IN (
       SELECT "scope", "kind", "startsAt" FROM "UsageWindow"
       WHERE "endsAt" < (now() AT TIME ZONE 'utc') - interval '2 days' LIMIT ${mostRemoved}
     ) RETURNING "scope"`,
    [],
  );
  return removed.length;
};
