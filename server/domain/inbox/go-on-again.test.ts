import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { resumeRun } from "@/server/domain/run/pause/resume-run";
import { goOnDecided } from "@/server/domain/run/pause/watch-pauses";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { decide } from "./decide";
import { expireTasks } from "./expire-tasks";
import { inboxWorkspace } from "./inbox-fixture";
import { readerOf } from "./reader-of";

let database: Database;
/** The same, away whenever a run is to be told to go on. */
let away: Database;
let house: Awaited<ReturnType<typeof inboxWorkspace>>;
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  database = await openTestDatabase();
  away = {
    ...database,
    query: (text: string, parameters?: unknown[]) =>
      text.includes('"resumed"') ? Promise.reject(new Error("gone")) : database.query(text, parameters),
  } as Database;
  house = await inboxWorkspace(database);
});
afterAll(() => database.close());

const decision = { action: "approve", note: "" } as const;
const resumptions = async (runId: string) =>
  (await readRunLog(database, runId)).filter(({ type }) => type === "run-resumed").length;

it("goes on with the next look where the database was away after the answer was stored, once", async () => {
  const { runId, id } = await house.waiting(await house.pipeline({}));
  const reviewer = await readerOf(database, house.owner);
  const decided = await decide(away, house.owner.workspaceId, id, { reviewer, decision, via: "inbox" });
  expect(decided).toMatchObject({ ok: true, value: { state: "approved" } });
  expect((await house.ended(runId)).status).toBe("paused");
  await Promise.all([goOnDecided(database), goOnDecided(database)]);
  expect((await house.ended(runId)).status).toBe("success");
  expect(await resumptions(runId)).toBe(1);
});

it("goes on with the next look where it was told to and nobody took it up, once", async () => {
  const { runId, id } = await house.waiting(await house.pipeline({}));
  const reviewer = await readerOf(database, house.owner);
  await decide(away, house.owner.workspaceId, id, { reviewer, decision, via: "inbox" });
  expect(await resumeRun(database, runId)).toBe(true);
  await Promise.all([goOnDecided(database), goOnDecided(database), goOnDecided(database)]);
  await liveRunsOf(database).settled();
  expect(await house.ended(runId)).toMatchObject({ status: "success", resumedAt: [] });
  const log = await readRunLog(database, runId);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index));
});

it("ends the time of all that are due, whichever run cannot go on at once", async () => {
  const pipelineId = await house.pipeline({ dueMinutes: 1 });
  const [one, two] = [await house.waiting(pipelineId), await house.waiting(pipelineId)];
  expect(await expireTasks(away, new Date(Date.now() + 61_000))).toBe(2);
  await goOnDecided(database);
  for (const { runId } of [one, two]) expect((await house.ended(runId)).status).toBe("success");
});
