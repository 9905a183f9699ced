import type { Database } from "@/server/platform/db/database";
import { deploymentsOf, foldEndedRuns, type Spans } from "./ended-runs";
import { addMeasures, type Measures, noMeasures, readMeasures } from "./measures";
import { rolledUntil } from "./roll-up";
import { dayMinutes, dayMs, spanMinutes, startOfDay, startOfSpan, stored } from "./span";

/** Of one deployment, or of all of a workspace, each under its own id. */
export interface Scope {
  readonly workspaceId: string;
  readonly deploymentId: string | null;
}

/** What runs came to, by deployment and then by version, key or step; one entry for each stretch of time. */
export type Series = Map<string, Map<string, Measures[]>>;

interface Row {
  readonly deploymentId: string;
  readonly at: number;
  readonly of: string;
  readonly measures: string;
}

/** What is not rolled up yet is read from the runs, and read again after so long. */
const freshForMs = 20_000;
const mostFresh = 200;

/** Runs are not read any further back than this: a server that has just begun to roll up a long past says how far it is. */
export const mostTailMs = 3 * 3_600_000;

interface Tail {
  readonly from: number;
  readonly readAt: number;
  readonly spans: Spans;
}
const tails = new WeakMap<object, Map<string, Tail>>();

const readTail = async (database: Database, deploymentId: string, from: number, now: number): Promise<Spans> => {
  const all = tails.get(database) ?? new Map<string, Tail>();
  tails.set(database, all);
  const known = all.get(deploymentId);
  if (known !== undefined && known.from === from && now - known.readAt < freshForMs && now >= known.readAt)
    return known.spans;
  // One whose clock is ahead may have begun a run a little later than now.
  const spans = await foldEndedRuns(
    (text, values) => database.query(text, values),
    deploymentId,
    Math.max(from, startOfSpan(now - mostTailMs)),
    now + dayMs,
  );
  all.delete(deploymentId);
  all.set(deploymentId, { from, readAt: now, spans });
  if (all.size > mostFresh) all.delete(all.keys().next().value as string);
  return spans;
};

/** The days of UTC that lie whole between two neighbouring edges: what they came to is added up already. */
const wholeDays = (edges: readonly number[], until: number): readonly number[] => {
  const days: number[] = [];
  for (let place = 1; place < edges.length; place += 1) {
    const [from, to] = [edges[place - 1] as number, Math.min(edges[place] as number, startOfDay(until))];
    for (let day = Math.ceil(from / dayMs) * dayMs; day + dayMs <= to; day += dayMs) days.push(day);
  }
  return days;
};

/**
 * What runs that began between the first and the last edge came to, one entry for each stretch between two edges (milliseconds since 1970, rising). Edges are the
 * reader's: of days in whatever zone, of 23, 24 or 25 hours; they hold to the half hour. Each run counts in exactly one stretch.
 */
export const readRollups = async (
  database: Database,
  { workspaceId, deploymentId }: Scope,
  by: "all" | "version" | "key" | "step",
  asked: readonly number[],
  now: number = Date.now(),
): Promise<Series> => {
  const edges = asked.map(startOfSpan);
  const [first = 0, last = 0] = [edges[0], edges.at(-1)];
  const series: Series = new Map();
  const place = placesOf(edges);
  const add = (owner: string, of: string, at: number, measures: Measures) => {
    const index = place(at);
    if (index === null) return;
    const all = series.get(owner) ?? new Map<string, Measures[]>();
    series.set(owner, all);
    const entries = all.get(of) ?? Array.from({ length: edges.length - 1 }, noMeasures);
    all.set(of, entries);
    addMeasures(entries[index] as Measures, measures);
  };
  const mark = await rolledUntil(database);
  const days = wholeDays(edges, mark);
  const whose = deploymentId === null ? `"workspaceId" = $1` : `"workspaceId" = $1 AND "deploymentId" = $7`;
  const rows = await database.query<Row>(
    `SELECT "deploymentId", (extract(epoch FROM "at") * 1000)::float8 AS "at", "of", "measures" FROM "RunRollup"
     WHERE ${whose} AND "by" = $2 AND "at" >= $3::timestamp AND "at" < $4::timestamp AND (
       ("minutes" = ${spanMinutes} AND NOT date_trunc('day', "at") = ANY($5::timestamp[]) AND "at" < $6::timestamp)
       OR ("minutes" = ${dayMinutes} AND "at" = ANY($5::timestamp[]))
     )`,
    [
      workspaceId,
      by,
      stored(first),
      stored(last),
      days.map(stored),
      stored(mark),
      ...(deploymentId === null ? [] : [deploymentId]),
    ],
  );
  for (const row of rows) add(row.deploymentId, row.of, row.at, readMeasures(row.measures));
  if (last <= mark) return series;
  for (const owner of await unrolled(database, { workspaceId, deploymentId }, mark, now))
    for (const [at, parts] of await readTail(database, owner, mark, now))
      for (const [of, measures] of parts.get(by) ?? []) add(owner, of, at, measures);
  return series;
};

const unrolled = async (database: Database, { workspaceId, deploymentId }: Scope, mark: number, now: number) => {
  const from = Math.max(mark, startOfSpan(now - mostTailMs));
  const found = await deploymentsOf((text, values) => database.query(text, values), from, now + dayMs);
  return found
    .filter((each) => each.workspaceId === workspaceId && (deploymentId === null || each.id === deploymentId))
    .map(({ id }) => id);
};

/** Finds between which edges a moment lies; null where it lies outside. */
const placesOf =
  (edges: readonly number[]) =>
  (at: number): number | null => {
    let [low, high] = [0, edges.length - 1];
    if (high < 1 || at < (edges[0] as number) || at >= (edges[high] as number)) return null;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (at < (edges[middle] as number)) high = middle;
      else low = middle;
    }
    return low;
  };
