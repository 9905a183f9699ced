import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { type CallCount, callCounts } from "./call-counts";
import { type DeploymentStatistics, statisticsInput } from "./deployment.types";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Errors and keys that are named; the calls of all are counted. */
const mostNamed = 20;
/** Latency is measured on the latest calls: more would change little. */
const mostMeasured = 5_000;

/** When the first of the spans begins: so many whole days or hours of the reader before now, this one included. */
const beginning = (
  now: number,
  days: number,
  offsetMinutes: number,
): { since: number; spanMs: number; spans: number } => {
  const spanMs = days === 1 ? hourMs : dayMs;
  const spans = days === 1 ? 24 : days;
  const local = now + offsetMinutes * minuteMs;
  const first = Math.floor(local / spanMs) * spanMs - (spans - 1) * spanMs - offsetMinutes * minuteMs;
  return { since: first, spanMs, spans };
};

/** Calls over time, errors by kind, latency and callers of a deployment. */
export const deploymentStatistics = viewerProcedure
  .input(statisticsInput)
  .query(async ({ ctx, input }): Promise<DeploymentStatistics> => {
    const { database, workspaceId } = ctx;
    const { prisma } = database;
    const { id, days, offsetMinutes } = input;
    const own = { id, workspaceId };
    if ((await prisma.deployment.findFirst({ where: own, select: { id: true } })) === null)
      throw notFound("deployment");
    const now = Date.now();
    const { since, spanMs, spans } = beginning(now, days, offsetMinutes);
    const counts = await callCounts(database, id, since, now);
    const [latency] = await database.query<{ p50: number | null; p95: number | null }>(
      `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY "durationMs")::float8 AS "p50",
         percentile_cont(0.95) WITHIN GROUP (ORDER BY "durationMs")::float8 AS "p95"
       FROM (
         SELECT "durationMs" FROM "Run" WHERE "deploymentId" = $1 AND "startedAt" >= $2::timestamp AND "durationMs" IS NOT NULL
         ORDER BY "startedAt" DESC LIMIT ${mostMeasured}
       ) AS r`,
      [id, new Date(since).toISOString().slice(0, -1)],
    );
    const errors = summed(
      counts.filter(({ errorCode }) => errorCode !== null),
      ({ errorCode }) => errorCode,
    );
    const callers = summed(counts, ({ apiKeyId }) => apiKeyId);
    const bySpan = new Map(summed(counts, ({ at }) => Math.floor((at - since) / spanMs)).map((sum) => [sum.of, sum]));
    const keys = await prisma.apiKey.findMany({
      where: { workspaceId, id: { in: callers.slice(0, mostNamed).flatMap(({ of }) => of ?? []) } },
      select: { id: true, name: true, prefix: true },
    });
    return {
      calls: counts.reduce((sum, { calls }) => sum + calls, 0),
      failures: errors.reduce((sum, { calls }) => sum + calls, 0),
      p50: latency?.p50 ?? null,
      p95: latency?.p95 ?? null,
      spans: Array.from({ length: spans }, (_, place) => {
        const { calls = 0, failures = 0 } = bySpan.get(place) ?? {};
        return { at: new Date(since + place * spanMs), ok: calls - failures, failed: failures };
      }),
      errors: errors
        .slice(0, mostNamed)
        .map(({ of, calls, lastAt }) => ({ code: of ?? "internal", count: calls, lastAt: new Date(lastAt) })),
      callers: callers.slice(0, mostNamed).map(({ of, calls, failures, lastAt }) => {
        const key = keys.find((each) => each.id === of);
        return { name: key?.name ?? null, prefix: key?.prefix ?? null, calls, failures, lastAt: new Date(lastAt) };
      }),
      keys: callers.length,
    };
  });

interface Sum<Of> {
  readonly of: Of;
  readonly calls: number;
  readonly failures: number;
  readonly lastAt: number;
}

/** Counts together that are of the same, most calls first. */
const summed = <Of>(counts: readonly CallCount[], of: (count: CallCount) => Of): Sum<Of>[] => {
  const sums = new Map<Of, Sum<Of>>();
  for (const count of counts) {
    const key = of(count);
    const former = sums.get(key) ?? { of: key, calls: 0, failures: 0, lastAt: 0 };
    sums.set(key, {
      of: key,
      calls: former.calls + count.calls,
      failures: former.failures + (count.errorCode === null ? 0 : count.calls),
      lastAt: Math.max(former.lastAt, count.lastAt),
    });
  }
  return [...sums.values()].sort((left, right) => right.calls - left.calls);
};
