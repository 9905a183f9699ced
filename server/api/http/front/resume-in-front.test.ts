import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSocketAddress } from "@/scripts/lib/socket-address.mjs";
import { answerRun } from "@/server/api/http/published/answer-run";
import { inboxWorkspace, reviewDocument } from "@/server/domain/inbox/inbox-fixture";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { resumeRun } from "@/server/domain/run/pause/resume-run";
import { watchPauses } from "@/server/domain/run/pause/watch-pauses";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import type { Database } from "@/server/platform/db/database";
import { listenForMessages } from "@/server/platform/front-link/front-link";
import { guardRoute } from "@/server/platform/route/route";
import { openTestDatabase } from "@/server/testing/test-database";
import { takeMessage } from "./start-front";

/** The interface, and the process that answers published pipelines: each with runs of its own on one database. */
let database: Database;
let front: Database;
let house: Awaited<ReturnType<typeof inboxWorkspace>>;
let slug = "";
let key = "";
let stop = () => {};
let socket = "";
const taken: string[] = [];

const listen = async () => {
  stop = await listenForMessages(socket, async (message) => {
    // What else it is told would, in one process with the interface, be told on for ever.
    if (message.type !== "resume-run") return;
    taken.push(message.runId);
    await takeMessage(front, message);
  });
};
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  database = await openTestDatabase();
  front = { ...database };
  socket = await createSocketAddress();
  process.env.PIPEWRIGHT_FRONT_SOCKET = socket;
  await listen();
  house = await inboxWorkspace(database);
  const { id: pipelineId } = await house.api.pipeline.create({ name: "Published", document: reviewDocument({}) });
  ({ slug } = await house.api.deployment.suggestSlug({ pipelineId }));
  await house.api.deployment.publish({ pipelineId, revision: 1, slug });
  key = (await house.api.apiKey.create({ name: "Caller" })).key;
});
afterAll(async () => {
  delete process.env.PIPEWRIGHT_FRONT_SOCKET;
  stop();
  await database.close();
});

const start = async (): Promise<{ readonly runId: string; readonly id: string }> => {
  const route = guardRoute({ auth: "api-key" }, answerRun, async () => front);
  const request = new Request("http://x", {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ inputs: { q: "x" } }),
  });
  const response = await route(request, { params: Promise.resolve({ slug }) });
  const { runId } = await response.json();
  const { id } = await database.prisma.inboxTask.findFirstOrThrow({ where: { runId } });
  return { runId, id };
};
const resumptions = async (runId: string) =>
  (await readRunLog(database, runId)).filter(({ type }) => type === "run-resumed").length;
const statusOf = async (runId: string) => {
  await liveRunsOf(front).get(runId)?.finished;
  return (await database.prisma.run.findUniqueOrThrow({ where: { id: runId } })).status;
};

it("goes on in the process that answers published pipelines, once", async () => {
  const { runId, id } = await start();
  await house.api.inbox.decide({ id, action: "approve" });
  expect(taken).toContain(runId);
  expect(liveRunsOf(database).get(runId)).toBeUndefined();
  expect(await statusOf(runId)).toBe("success");
  expect(await resumptions(runId)).toBe(1);
});

it("goes on when that process starts, where it was away", async () => {
  stop();
  const { runId, id } = await start();
  await house.api.inbox.decide({ id, action: "approve" });
  expect(await statusOf(runId)).toBe("running");
  await listen();
  // As the interface does when it starts alone.
  await watchPauses(database, "own");
  await watchPauses(database, "own");
  expect(await statusOf(runId)).toBe("success");
  expect(await resumptions(runId)).toBe(1);
});

it("leaves the runs of the editor to the interface", async () => {
  const { runId, id } = await house.waiting(await house.pipeline({}));
  const answer = { outcome: "approved", value: "x", edited: false, form: {}, note: "", by: [], at: null };
  await database.prisma.inboxTask.update({
    where: { id },
    data: { state: "approved", answer: JSON.stringify(answer), decidedAt: new Date() },
  });
  await watchPauses(front, "published");
  expect(await statusOf(runId)).toBe("paused");
  expect(await resumeRun(database, runId)).toBe(true);
});
