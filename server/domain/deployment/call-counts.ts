import type { Database } from "@/server/platform/db/database";

/** Calls of one half hour with one key that ended in one way. */
export interface CallCount {
  /** When the half hour begins, milliseconds since 1970. */
  readonly at: number;
  readonly apiKeyId: string | null;
  /** null where they did not fail. */
  readonly errorCode: string | null;
  readonly calls: number;
  /** Milliseconds since 1970. */
  readonly lastAt: number;
}

/** Days begin on the half hour nearly everywhere. */
const spanMs = 30 * 60_000;
/** Calls of a half hour that is over so long have ended, so that its counts stay. */
const settledMs = 65 * 60_000;
const longestMs = 31 * 86_400_000;
const mostDeployments = 100;
const mostRows = 100_000;

interface Kept {
  /** Of half hours from `from` to before `until`. */
  readonly from: number;
  readonly until: number;
  readonly rows: readonly CallCount[];
}

const kept = new WeakMap<object, Map<string, Kept>>();

/** As the database keeps a moment: UTC, without a zone. */
const stored = (at: number): string => new Date(at).toISOString().slice(0, -1);

const count = async (database: Database, deploymentId: string, from: number, until: number | null) => {
  if (until !== null && until <= from) return [];
  const rows = await database.query<Omit<CallCount, "at" | "lastAt"> & { span: number; lastAt: number }>(
    `SELECT floor(extract(epoch FROM "startedAt") / ${spanMs / 1_000})::int AS "span", "apiKeyId",
       CASE WHEN "status" = 'failure' THEN coalesce("errorCode", 'internal') END AS "errorCode", count(*)::int AS "calls",
       (extract(epoch FROM max("startedAt")) * 1000)::float8 AS "lastAt"
     FROM "Run" WHERE "deploymentId" = $1 AND "startedAt" >= $2::timestamp AND ($3::timestamp IS NULL OR "startedAt" < $3::timestamp)
     GROUP BY 1, 2, 3`,
    [deploymentId, stored(from), until === null ? null : stored(until)],
  );
  return rows.map(({ span, ...row }): CallCount => ({ ...row, at: span * spanMs }));
};

/**
 * Calls of a deployment since a moment, by half hours. Half hours that are over are counted once in a process: reading a month of many calls again costs no
 * more than its last hour.
 */
export const callCounts = async (
  database: Database,
  deploymentId: string,
  since: number,
  now: number,
): Promise<readonly CallCount[]> => {
  const from = Math.floor(since / spanMs) * spanMs;
  const until = Math.floor((now - settledMs) / spanMs) * spanMs;
  const all = kept.get(database) ?? new Map<string, Kept>();
  kept.set(database, all);
  const known = all.get(deploymentId) ?? { from: until, until, rows: [] };
  const earlier = from < known.from ? await count(database, deploymentId, from, Math.min(known.from, until)) : [];
  const later = await count(database, deploymentId, known.until, until);
  const fresh = await count(database, deploymentId, Math.max(from, until), null);
  const rows = [...earlier, ...known.rows, ...later];
  all.delete(deploymentId);
  if (rows.length <= mostRows)
    all.set(deploymentId, {
      from: Math.max(Math.min(from, known.from), now - longestMs),
      until: Math.max(until, known.until),
      rows: rows.filter(({ at }) => at >= now - longestMs),
    });
  if (all.size > mostDeployments) all.delete(all.keys().next().value as string);
  return [...rows.filter(({ at }) => at >= from && at < until), ...fresh];
};
