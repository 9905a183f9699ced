import type { Database } from "@/server/platform/db/database";
import { type Ask, deploymentsOf, foldEndedRuns, foldRunsOf, nextStart, type Spans } from "./ended-runs";
import { addMeasures, type Parts, partOf, readMeasures, writeMeasures } from "./measures";
import { dayMinutes, dayMs, spanMinutes, spanMs, startOfDay, startOfSpan, stored } from "./span";

/** A half hour is rolled up so long after its end: what ended soon after it began is in the database by then, and what ends later says so. */
export const settleMs = 5 * 60_000;
/** Half hours of one pass; the next goes on. */
export const mostSpans = 2_000;
/** Of one statement: less than a day, so that what is written in one piece stays small. */
const mostMs = 12 * 3_600_000;
const mostLateRuns = 5_000;
const transactionMs = 60_000;

interface Owner {
  readonly id: string;
  readonly workspaceId: string;
}

/**
 * Rolls up what has settled, and again what ended late. May be called at any time, by any number of processes, and be killed at any point: each half hour is
 * written whole, from its runs, together with the mark that says how far everything is, or with the note that it was to be written again. The runs are read before that,
 * so that nobody waits for the database meanwhile. Gives how many half hours it wrote.
 */
export const rollUp = async (
  database: Database,
  now: number = Date.now(),
  most: number = mostSpans,
): Promise<number> => {
  let written = 0;
  for (let more = 1; more > 0 && written < most; ) {
    more = await rollNext(database, now);
    written += more;
  }
  while (written < most && (await rollLate(database))) written += 1;
  return written;
};

const inTransaction = <Value>(database: Database, work: (ask: Ask) => Promise<Value>): Promise<Value> =>
  database.prisma.$transaction((transaction) => work((text, values) => transaction.$queryRawUnsafe(text, ...values)), {
    timeout: transactionMs,
    maxWait: transactionMs,
  });

const askOf =
  (database: Database): Ask =>
  (text, values) =>
    database.query(text, [...values]);

const readMark = async (ask: Ask, isHeld: boolean): Promise<number> => {
  const [mark] = await ask<{ until: number }>(
    `SELECT (extract(epoch FROM "until") * 1000)::float8 AS "until" FROM "RollupMark" WHERE "id" = 1 ${isHeld ? "FOR UPDATE" : ""}`,
    [],
  );
  return mark?.until ?? 0;
};

/** How far everything is rolled up, milliseconds since 1970: what began later is not in the rollups yet. */
export const rolledUntil = (database: Database): Promise<number> => readMark(askOf(database), false);

/** Half hours of a deployment as its runs have them now. */
interface Fresh {
  readonly owner: Owner;
  readonly spans: Spans;
  /** The ones among the late runs that are its own, where it is written again. */
  readonly late: Parts;
}

const lateIn = async (ask: Ask, from: number, until: number): Promise<readonly string[]> =>
  (
    await ask<{ runId: string }>(
      `SELECT "runId" FROM "LateRun" WHERE "startedAt" >= $1::timestamp AND "startedAt" < $2::timestamp LIMIT ${mostLateRuns}`,
      [stored(from), stored(until)],
    )
  ).map(({ runId }) => runId);

/** Takes the notes away that runs ended late; says whether nobody else did. */
const takeNotes = async (ask: Ask, late: readonly string[]): Promise<boolean> => {
  if (late.length === 0) return true;
  const taken = await ask<{ runId: string }>(
    `DELETE FROM "LateRun" WHERE "runId" = ANY($1::text[]) RETURNING "runId"`,
    [late],
  );
  return taken.length === late.length;
};

/** Rolls up the next half hours of one day of UTC; says how many. Those in which nothing began are passed over. */
const rollNext = async (database: Database, now: number): Promise<number> => {
  const ask = askOf(database);
  const settled = startOfSpan(now - settleMs);
  const mark = await readMark(ask, false);
  if (mark >= settled) return 0;
  const next = await nextStart(ask, mark);
  const at = next === null ? settled : Math.min(startOfSpan(next), settled);
  const until = Math.min(settled, at + mostMs, startOfDay(at) + dayMs);
  // Before the runs are read: whoever ends after this says so again.
  const late = await lateIn(ask, at, until);
  const fresh: Fresh[] = [];
  for (const owner of await deploymentsOf(ask, at, until))
    fresh.push({ owner, spans: await foldEndedRuns(ask, owner.id, at, until), late: new Map() });
  await inTransaction(database, async (write) => {
    await write(`INSERT INTO "RollupMark" ("id", "until") VALUES (1, $1::timestamp) ON CONFLICT DO NOTHING`, [
      stored(0),
    ]);
    // Another process was quicker.
    if ((await readMark(write, true)) !== mark) return;
    await takeNotes(write, late);
    for (const each of fresh) await writeSpans(write, at, until, each);
    await write(`UPDATE "RollupMark" SET "until" = $1::timestamp WHERE "id" = 1`, [stored(until)]);
    // Of the days that are over now, only these two can have runs.
    for (const day of new Set([startOfDay(Math.max(mark - 1, 0)), startOfDay(at)]))
      if (day + dayMs <= until) await rollDay(write, day);
  });
  return Math.max(1, Math.round((until - at) / spanMs));
};

/** Rolls up again one half hour of which a run ended late; says whether there was one. */
const rollLate = async (database: Database): Promise<boolean> => {
  const ask = askOf(database);
  const mark = await readMark(ask, false);
  const [first] = await ask<{ at: number }>(
    `SELECT (extract(epoch FROM "startedAt") * 1000)::float8 AS "at" FROM "LateRun" WHERE "startedAt" < $1::timestamp ORDER BY "startedAt" LIMIT 1`,
    [stored(mark)],
  );
  if (first === undefined) return false;
  const at = startOfSpan(first.at);
  const late = await lateIn(ask, at, at + spanMs);
  const owners = await ask<Owner>(
    `SELECT DISTINCT "deploymentId" AS "id", "workspaceId" FROM "Run" WHERE "id" = ANY($1::text[]) AND "deploymentId" IS NOT NULL`,
    [late],
  );
  const fresh: Fresh[] = [];
  for (const owner of owners)
    fresh.push({
      owner,
      spans: await foldEndedRuns(ask, owner.id, at, at + spanMs),
      late: await foldRunsOf(ask, owner.id, late),
    });
  await inTransaction(database, async (write) => {
    const until = await readMark(write, true);
    if (!(await takeNotes(write, late))) return;
    for (const each of fresh) await writeSpans(write, at, at + spanMs, each);
    const day = startOfDay(at);
    if (day + dayMs <= until) await rollDay(write, day);
  });
  return true;
};

const runsOf = (parts: Parts | undefined): number => parts?.get("all")?.get("")?.runs ?? 0;

/** Writes half hours of a deployment from its runs. Where some of those are no longer kept, what was written stays, and the late ones are added to it. */
const writeSpans = async (ask: Ask, from: number, until: number, { owner, spans, late }: Fresh): Promise<void> => {
  const former = await readSpans(ask, owner.id, from, until);
  const kept: Spans = new Map(spans);
  for (const [at, parts] of former) {
    if (runsOf(spans.get(at)) >= runsOf(parts)) continue;
    addParts(parts, late);
    kept.set(at, parts);
  }
  await writeParts(ask, owner, spanMinutes, from, until, kept);
};

/** Adds the half hours of a day of UTC up, for every deployment that has any. */
const rollDay = async (ask: Ask, day: number): Promise<void> => {
  const owners = await ask<Owner>(
    `SELECT DISTINCT "deploymentId" AS "id", "workspaceId" FROM "RunRollup"
     WHERE "minutes" = ${spanMinutes} AND "by" = 'all' AND "at" >= $1::timestamp AND "at" < $2::timestamp`,
    [stored(day), stored(day + dayMs)],
  );
  for (const owner of owners) {
    const sum: Parts = new Map();
    for (const parts of (await readSpans(ask, owner.id, day, day + dayMs)).values()) addParts(sum, parts);
    await writeParts(ask, owner, dayMinutes, day, day + dayMs, new Map([[day, sum]]));
  }
};

const addParts = (parts: Parts, other: Parts): void => {
  for (const [by, all] of other) for (const [of, measures] of all) addMeasures(partOf(parts, by, of), measures);
};

const readSpans = async (ask: Ask, deploymentId: string, from: number, until: number): Promise<Spans> => {
  const rows = await ask<{ at: number; by: string; of: string; measures: string }>(
    `SELECT (extract(epoch FROM "at") * 1000)::float8 AS "at", "by", "of", "measures" FROM "RunRollup"
     WHERE "deploymentId" = $1 AND "minutes" = ${spanMinutes} AND "at" >= $2::timestamp AND "at" < $3::timestamp`,
    [deploymentId, stored(from), stored(until)],
  );
  const spans: Spans = new Map();
  for (const { at, by, of, measures } of rows) {
    const parts: Parts = spans.get(at) ?? new Map();
    spans.set(at, parts);
    addMeasures(partOf(parts, by, of), readMeasures(measures));
  }
  return spans;
};

/** Writes all of a deployment that begins from `from` to before `until`, in place of what was there. */
const writeParts = async (
  ask: Ask,
  { id, workspaceId }: Owner,
  minutes: number,
  from: number,
  until: number,
  spans: Spans,
): Promise<void> => {
  const rows = [...spans].flatMap(([at, parts]) =>
    [...parts].flatMap(([by, all]) => [...all].map(([of, measures]) => ({ at, by, of, measures }))),
  );
  await ask(
    `DELETE FROM "RunRollup" WHERE "deploymentId" = $1 AND "minutes" = $2::int AND "at" >= $3::timestamp AND "at" < $4::timestamp`,
    [id, minutes, stored(from), stored(until)],
  );
  await ask(
    `INSERT INTO "RunRollup" ("workspaceId", "deploymentId", "minutes", "at", "by", "of", "runs", "failures", "measures")
     SELECT $1, $2, $3::int, p."at"::timestamp, p."by", p."of", p."runs", p."failures", p."measures"
     FROM unnest($4::text[], $5::text[], $6::text[], $7::int[], $8::int[], $9::text[]) AS p("at", "by", "of", "runs", "failures", "measures")
     WHERE EXISTS (SELECT 1 FROM "Workspace" w WHERE w."id" = $1)`,
    [
      workspaceId,
      id,
      minutes,
      rows.map(({ at }) => stored(at)),
      rows.map(({ by }) => by),
      rows.map(({ of }) => of),
      rows.map(({ measures }) => measures.runs),
      rows.map(({ measures }) => measures.failures),
      rows.map(({ measures }) => writeMeasures(measures)),
    ],
  );
};
