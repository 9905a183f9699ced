// What 10,000 runs that wait for people cost: a start of the app with and without them (what it looks for before its first request), a pass of the inbox, and the memory of
// this process. Both are measured in turns, on the embedded database in a process of its own.
//   node --expose-gc --import tsx bench/paused.ts --runs 10000 --rounds 7
import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { escalateTasks, expireTasks } from "@/server/domain/inbox/expire-tasks";
import { inboxWorkspace } from "@/server/domain/inbox/inbox-fixture";
import { tellPeople } from "@/server/domain/inbox/mail/tell-people";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { watchPauses } from "@/server/domain/run/pause/watch-pauses";
import { recoverRuns } from "@/server/domain/run/recover-runs";
import { startBenchDatabase } from "./lib/bench-database";

const { values } = parseArgs({
  options: { runs: { type: "string", default: "10000" }, rounds: { type: "string", default: "7" } },
});
const runs = Number(values.runs);
const rounds = Number(values.rounds);
process.env.PIPEWRIGHT_SECRET_KEY ??= randomBytes(32).toString("base64");

const database = await startBenchDatabase();
const house = await inboxWorkspace(database);
const { runId } = await house.waiting(await house.pipeline({}));

const collected = (): number => {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return performance.now() - from;
};
const start = async () => {
  await watchPauses(database);
  await recoverRuns(database);
};
const pass = async () => {
  await expireTasks(database);
  await escalateTasks(database);
  await tellPeople(database);
};
/** Copies of the one run that waits, with its log and its task, told already. */
const fill = () =>
  database.query(
    `WITH "made" AS (SELECT 'paused-' || n AS "id" FROM generate_series(1, ${runs}) n), "runs" AS (
       INSERT INTO "Run" ("id", "workspaceId", "pipelineId", "revisionId", "trigger", "status", "startedAt", "costMicroUsd")
       SELECT m."id", r."workspaceId", r."pipelineId", r."revisionId", r."trigger", r."status", r."startedAt", 0
       FROM "made" m, "Run" r WHERE r."id" = '${runId}' RETURNING "id"
     ), "logs" AS (
       INSERT INTO "RunEventChunk" ("runId", "firstSeq", "lastSeq", "workspaceId", "events")
       SELECT m."id", c."firstSeq", c."lastSeq", c."workspaceId", c."events" FROM "made" m, "RunEventChunk" c WHERE c."runId" = '${runId}'
     )
     INSERT INTO "InboxTask" ("id", "workspaceId", "runId", "pipelineId", "place", "kind", "title", "question", "role", "emails", "reviewers",
       "excludesAuthor", "dueAt", "tellAt")
     SELECT m."id", t."workspaceId", m."id", t."pipelineId", t."place", t."kind", t."title", t."question", t."role", t."emails", t."reviewers",
       t."excludesAuthor", t."dueAt", NULL FROM "made" m, "InboxTask" t WHERE t."runId" = '${runId}'`,
  );
const empty = () => database.query(`DELETE FROM "Run" WHERE "id" LIKE 'paused-%'`);

interface Seen {
  readonly start: number[];
  readonly pass: number[];
  readonly heap: number[];
}
const none: Seen = { start: [], pass: [], heap: [] };
const many: Seen = { start: [], pass: [], heap: [] };
const look = async (seen: Seen) => {
  seen.start.push(await timed(start));
  seen.pass.push(await timed(pass));
  seen.heap.push(collected());
};
await start();
await pass();
for (let round = 0; round < rounds; round++) {
  await look(none);
  await fill();
  await look(many);
  if (liveRunsOf(database).ids.length > 0) throw new Error("a run that waits is in memory");
  await empty();
}
const three = (list: readonly number[], digits: number): string => {
  const sorted = [...list].sort((one, other) => one - other);
  return [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)].map((each) => (each ?? 0).toFixed(digits)).join(" / ");
};
const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;
const mebibytes = (list: readonly number[]) => list.map((bytes) => bytes / 2 ** 20);
console.log(`${rounds} rounds, lowest / median / highest`);
console.log(`start, ms         none ${three(none.start, 1)}    ${runs} ${three(many.start, 1)}`);
console.log(`inbox pass, ms    none ${three(none.pass, 1)}    ${runs} ${three(many.pass, 1)}`);
console.log(`heap, MiB         none ${three(mebibytes(none.heap), 1)}    ${runs} ${three(mebibytes(many.heap), 1)}`);
const growth = median(many.heap) / median(none.heap);
const added = median(many.start) - median(none.start);
console.log(`added to a start ${added.toFixed(1)} ms (limit 100), heap ${growth.toFixed(3)} x (limit 1.05)`);
await database.close();
process.exit(added <= 100 && growth <= 1.05 ? 0 : 1);
