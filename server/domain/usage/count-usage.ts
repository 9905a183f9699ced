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

/** Used with a run that was just counted; `own` is what of it that run itself counts. */
export interface Counted extends Used {
  readonly own: number;
}

const microUsd = 1_000_000;

const usedOf = ({ kind }: Window, row: Row | undefined): number => {
  if (kind === "requestsPerMinute") return Number(row?.requests ?? 0);
  return kind === "tokensPerDay" ? Number(row?.tokens ?? 0) : Number(row?.costMicroUsd ?? 0) / microUsd;
};

/** A run that is counted. What it may take is judged by the last runs of its deployment. */
export interface CountedRun {
  readonly id: string;
  readonly deploymentId: string | null;
}

/** What a run counts before anybody knows what runs of its deployment take. */
const firstGuess = { tokens: 1_000, microUsd: 10_000 } as const;
/** Of the last so many runs of the deployment the one that took most. */
const judgedBy = 20;

/**
 * Counts one more run in all of its windows, in one statement, and gives what was used with it: one request, and of tokens and money what the run may take, which is held
 * until its end says what it took. `run` left out: requests alone are counted. Exact over all processes that share the database: of those that ask at once, each is told another number.
 */
export const countRun = async (
  database: Database,
  windows: readonly Window[],
  run: CountedRun | null = null,
): Promise<readonly Counted[]> => {
  const rows = await database.query<Row & { own: string }>(
    `WITH "judged" AS (
       SELECT coalesce(max("inputTokens" + "outputTokens"), ${firstGuess.tokens}) AS "tokens",
         CASE WHEN count(*) = 0 THEN ${firstGuess.microUsd} ELSE coalesce(max("costMicroUsd"), 0) END AS "costMicroUsd"
       FROM (
         SELECT "inputTokens", "outputTokens", "costMicroUsd" FROM "Run" WHERE "deploymentId" = $6 AND "status" NOT IN ('running', 'paused')
         ORDER BY "startedAt" DESC LIMIT ${judgedBy}
       ) AS "last" WHERE ${isHeld(windows)}
     ), "asked" AS (
       SELECT u."scope", u."kind", u."startsAt"::timestamp(3), u."endsAt"::timestamp(3),
         CASE u."kind" WHEN 'tokensPerDay' THEN j."tokens" WHEN 'usdPerMonth' THEN j."costMicroUsd" ELSE 0 END AS "own"
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS u("scope", "kind", "startsAt", "endsAt"), "judged" j
     ), "counted" AS (
       INSERT INTO "UsageWindow" ("scope", "kind", "startsAt", "endsAt", "requests", "tokens", "costMicroUsd")
       SELECT "scope", "kind", "startsAt", "endsAt", 1, CASE "kind" WHEN 'tokensPerDay' THEN "own" ELSE 0 END,
         CASE "kind" WHEN 'usdPerMonth' THEN "own" ELSE 0 END
       FROM "asked" ORDER BY 1, 2
       ON CONFLICT ("scope", "kind", "startsAt") DO UPDATE SET "requests" = "UsageWindow"."requests" + 1,
         "tokens" = "UsageWindow"."tokens" + EXCLUDED."tokens", "costMicroUsd" = "UsageWindow"."costMicroUsd" + EXCLUDED."costMicroUsd"
       RETURNING "scope", "kind", "requests", "tokens", "costMicroUsd"
     ), "held" AS (
       INSERT INTO "UsageHold" ("runId", "scope", "kind", "startsAt", "counted", "createdAt")
       SELECT $5, "scope", "kind", "startsAt", "own", (now() AT TIME ZONE 'utc') FROM "asked" WHERE "kind" <> 'requestsPerMinute'
       ON CONFLICT DO NOTHING
     )
     SELECT c."scope", c."kind", c."requests"::text, c."tokens"::text, c."costMicroUsd"::text, a."own"::text
     FROM "counted" c JOIN "asked" a USING ("scope", "kind")`,
    [...columnsOf(windows), run?.id ?? "", run?.deploymentId ?? ""],
  );
  return windows.map((window) => {
    const row = rows.find(({ scope, kind }) => scope === window.scope && kind === window.kind);
    const own = Number(row?.own ?? 0) / (window.kind === "usdPerMonth" ? microUsd : 1);
    return { ...window, used: usedOf(window, row), own: window.kind === "requestsPerMinute" ? 1 : own };
  });
};

/** Runs are looked at only where what they take is limited. */
const isHeld = (windows: readonly Window[]): string => String(windows.some(({ kind }) => kind !== "requestsPerMinute"));

const stored = (at: Date): string => at.toISOString().slice(0, -1);

const columnsOf = (windows: readonly Window[]): unknown[] => [
  windows.map(({ scope }) => scope),
  windows.map(({ kind }) => kind),
  windows.map(({ startsAt }) => stored(startsAt)),
  windows.map(({ endsAt }) => stored(endsAt)),
];

/** Takes back the request that `countRun` counted, for a run that did not begin. */
export const uncountRun = async (database: Database, windows: readonly Window[]): Promise<void> => {
  const [scopes, kinds, starts] = columnsOf(windows);
  await database.query(
    `UPDATE "UsageWindow" w SET "requests" = greatest(w."requests" - 1, 0)
     FROM unnest($1::text[], $2::text[], $3::text[]) AS u("scope", "kind", "startsAt")
     WHERE w."scope" = u."scope" AND w."kind" = u."kind" AND w."startsAt" = u."startsAt"::timestamp(3)`,
    [scopes, kinds, starts],
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
