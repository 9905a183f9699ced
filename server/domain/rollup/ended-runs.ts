import { addRun, type EndedRun, type Parts } from "./measures";
import { startOfSpan, stored } from "./span";

/** Asks the database, alone or within a transaction. */
export type Ask = <Row extends object>(text: string, values: readonly unknown[]) => Promise<readonly Row[]>;

/** Rows of one question. */
const pageSize = 5_000;

const fields = `r."id", r."revisionId", r."apiKeyId", r."status"::text AS "status", r."durationMs", r."inputTokens", r."outputTokens", r."uncountedCalls",
  r."costMicroUsd"::text AS "costMicroUsd", r."errorCode", r."figures"`;
const isEnded = `r."status" NOT IN ('running', 'paused') AND r."trigger" = 'api'`;

/** What runs came to, by the half hour that they began in, milliseconds since 1970. */
export type Spans = Map<number, Parts>;

/** What the runs of a deployment that began from `from` to before `until` came to, those that have ended. */
export const foldEndedRuns = async (ask: Ask, deploymentId: string, from: number, until: number): Promise<Spans> => {
  const spans: Spans = new Map();
  let [at, id] = [stored(from), ""];
  for (;;) {
    const rows: readonly (EndedRun & { readonly at: string; readonly ms: number })[] = await ask(
      `SELECT ${fields}, r."startedAt"::text AS "at", (extract(epoch FROM r."startedAt") * 1000)::float8 AS "ms" FROM "Run" r
       WHERE r."deploymentId" = $1 AND r."startedAt" >= $2::timestamp AND r."startedAt" < $3::timestamp AND ${isEnded}
         AND (r."startedAt" > $2::timestamp OR r."id" > $4)
       ORDER BY r."startedAt", r."id" LIMIT ${pageSize}`,
      [deploymentId, at, stored(until), id],
    );
    for (const row of rows) {
      const span = startOfSpan(row.ms);
      const parts: Parts = spans.get(span) ?? new Map();
      spans.set(span, parts);
      addRun(parts, row);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return spans;
    [at, id] = [last.at, last.id];
  }
};

/** The same of certain runs, where they are of the deployment. */
export const foldRunsOf = async (ask: Ask, deploymentId: string, ids: readonly string[]): Promise<Parts> => {
  const parts: Parts = new Map();
  const rows = await ask<EndedRun>(
    `SELECT ${fields} FROM "Run" r WHERE r."id" = ANY($1::text[]) AND r."deploymentId" = $2 AND ${isEnded}`,
    [ids, deploymentId],
  );
  for (const row of rows) addRun(parts, row);
  return parts;
};

/** Deployments of which a run began from `from` to before `until`. */
export const deploymentsOf = (
  ask: Ask,
  from: number,
  until: number,
): Promise<readonly { readonly id: string; readonly workspaceId: string }[]> =>
  ask(
    `SELECT d."id", d."workspaceId" FROM "Deployment" d
     WHERE EXISTS (SELECT 1 FROM "Run" r WHERE r."deploymentId" = d."id" AND r."startedAt" >= $1::timestamp AND r."startedAt" < $2::timestamp)`,
    [stored(from), stored(until)],
  );

/** When the first run of a deployment began that began at `from` or later; null where there is none. */
export const nextStart = async (ask: Ask, from: number): Promise<number | null> => {
  const [row] = await ask<{ at: number | null }>(
    `SELECT (extract(epoch FROM min(f."startedAt")) * 1000)::float8 AS "at" FROM "Deployment" d CROSS JOIN LATERAL (
       SELECT r."startedAt" FROM "Run" r WHERE r."deploymentId" = d."id" AND r."startedAt" >= $1::timestamp ORDER BY r."startedAt" LIMIT 1
     ) f`,
    [stored(from)],
  );
  return row?.at ?? null;
};
