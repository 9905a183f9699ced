import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunEvent } from "@/runtime/run/events";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { LiveRuns, liveRunsOf } from "./live-runs";
import { recoverRuns } from "./recover-runs";
import { runWorkspace } from "./run-fixture";

let database: Database;
let server: FakeOpenAiServer;
let workspace: Awaited<ReturnType<typeof runWorkspace>>;
let complete: { readonly id: string; readonly log: readonly RunEvent[] };
let runs = 0;

beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  [database, server] = await Promise.all([openTestDatabase(), startFakeOpenAiServer()]);
  workspace = await runWorkspace(database, server.baseUrl, ["echo", "never"]);
  const pipelineId = await workspace.pipeline("echo");
  const { runId } = await workspace.api.run.start({ pipelineId, revision: 1, inputs: { q: "Hello" } });
  await liveRunsOf(database).get(runId)?.finished;
  complete = { id: runId, log: await readRunLog(database, runId) };
});
afterAll(() => Promise.all([database.close(), server.close()]));

/** What a process that dies in the middle of a run leaves behind: the row as it was at the start, and the log so far. */
const abandoned = async (events: number, more: object = {}): Promise<string> => {
  runs += 1;
  const id = `abandoned-${runs}`;
  const { workspaceId, pipelineId, revisionId } = await database.prisma.run.findUniqueOrThrow({
    where: { id: complete.id },
  });
  const log = complete.log.slice(0, events).map((event) => ({ ...event, runId: id }));
  const half = Math.ceil(log.length / 2);
  await database.prisma.run.create({
    data: {
      id,
      workspaceId,
      pipelineId,
      revisionId,
      trigger: "editor",
      status: "running",
      startedAt: new Date(),
      leaseUntil: new Date(Date.now() + 30_000),
      events: {
        create: [log.slice(0, half), log.slice(half)]
          .filter(({ length }) => length > 0)
          .map((part) => ({
            workspaceId,
            firstSeq: part[0]?.seq ?? 0,
            lastSeq: part.at(-1)?.seq ?? 0,
            events: JSON.stringify(part),
          })),
      },
      ...more,
    },
  });
  return id;
};
const rowOf = (id: string) => database.prisma.run.findUniqueOrThrow({ where: { id } });
const indexOf = (type: string, node: string) =>
  complete.log.findIndex((event) => event.type === type && "path" in event && event.path[0] === node);

describe("a run that a dead process left under way", () => {
  it("goes on from its log: finished steps are not run again, and nobody is missing an event", async () => {
    const calls = server.requests.length;
    const id = await abandoned(indexOf("node-end", "model") + 1);
    await recoverRuns(database);
    await liveRunsOf(database).get(id)?.finished;
    expect(server.requests.length).toBe(calls);
    const log = await readRunLog(database, id);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index));
    expect(log.at(-1)).toMatchObject({ type: "run-end", outcome: "success", outputs: { raw: "Answer: Hello" } });
    expect(await rowOf(id)).toMatchObject({ status: "success", resumedAt: [indexOf("node-end", "model") + 1] });
  });

  it("starts the step again that was under way, and what it had streamed is void", async () => {
    const calls = server.requests.length;
    const id = await abandoned(indexOf("node-delta", "model") + 1);
    await recoverRuns(database);
    await liveRunsOf(database).get(id)?.finished;
    expect(server.requests.length).toBe(calls + 1);
    const starts = (await readRunLog(database, id)).flatMap((event) =>
      event.type === "node-start" && event.path[0] === "model" ? [event.attempt] : [],
    );
    expect(starts).toEqual([1, 2]);
    expect(await rowOf(id)).toMatchObject({ status: "success", inputTokens: expect.any(Number) });
  });

  it("can be resumed wherever it was cut off", async () => {
    const ids: string[] = [];
    for (let events = 1; events < complete.log.length; events++) ids.push(await abandoned(events));
    await recoverRuns(database);
    await liveRunsOf(database).settled();
    for (const id of ids) expect(await rowOf(id)).toMatchObject({ id, status: "success" });
    expect(await database.prisma.run.count({ where: { status: "running" } })).toBe(0);
  });

  it("is left to the process whose share it is, where callers' runs have one of their own", async () => {
    const theirs = await abandoned(4, { trigger: "api" });
    const ours = await abandoned(4, { trigger: "editor" });
    const other = new LiveRuns(database);
    await recoverRuns(database, other, "own");
    expect(other.ids).toEqual([ours]);
    await recoverRuns(database, liveRunsOf(database), "published");
    await Promise.all([other.settled(), liveRunsOf(database).settled()]);
    for (const id of [theirs, ours]) expect(await rowOf(id)).toMatchObject({ status: "success", resumedAt: [4] });
  });

  it("is ended as interrupted when it has taken its process down too often", async () => {
    const id = await abandoned(4, { resumedAt: [1, 2, 3] });
    await recoverRuns(database);
    expect(await rowOf(id)).toMatchObject({ status: "failure", errorCode: "interrupted" });
    const log = await readRunLog(database, id);
    expect(log.at(-1)).toMatchObject({
      type: "run-end",
      error: { code: "interrupted", message: expect.stringContaining("4 times") },
    });
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index));
  });

  it("is ended as interrupted when its pipeline can no longer run", async () => {
    const { revision } = await database.prisma.run.findUniqueOrThrow({
      where: { id: complete.id },
      include: { revision: true },
    });
    const document = JSON.parse(JSON.stringify(revision.document).replaceAll("prompt/chat", "prompt/gone"));
    const { workspaceId, pipelineId } = revision;
    const gone = await database.prisma.revision.create({
      data: { workspaceId, pipelineId, number: 99, graphHash: "gone", document },
    });
    const id = await abandoned(4, { revisionId: gone.id });
    await recoverRuns(database);
    expect(await rowOf(id)).toMatchObject({ status: "failure", errorCode: "interrupted" });
  });

  it("does not keep the others from being taken up when it cannot be", async () => {
    const error = console.error;
    const said: unknown[] = [];
    console.error = (...words) => said.push(words);
    try {
      const empty = await abandoned(0);
      await database.prisma.run.update({ where: { id: empty }, data: { resumedAt: [1, 2, 3] } });
      const id = await abandoned(3);
      await recoverRuns(database);
      await liveRunsOf(database).get(id)?.finished;
      expect(await rowOf(id)).toMatchObject({ status: "success" });
      expect(said).toHaveLength(1);
      await database.prisma.run.delete({ where: { id: empty } });
    } finally {
      console.error = error;
    }
  });
});

describe("a run under way", () => {
  it("in this process is left alone", async () => {
    const pipelineId = await workspace.pipeline("never");
    const { runId } = await workspace.api.run.start({ pipelineId, revision: 1, inputs: { q: "x" } });
    await recoverRuns(database);
    expect(await rowOf(runId)).toMatchObject({ status: "running", resumedAt: [] });
    await workspace.api.run.cancel({ id: runId });
  });

  it("in another process of a shared server is left alone until its lease has run out", async () => {
    const shared: Database = { ...database, kind: "server" };
    const id = await abandoned(3);
    await recoverRuns(shared);
    expect(await rowOf(id)).toMatchObject({ status: "running", resumedAt: [] });
    await database.prisma.run.update({ where: { id }, data: { leaseUntil: new Date(Date.now() - 1000) } });
    await Promise.all([recoverRuns(shared), recoverRuns({ ...shared })]);
    await Promise.all([liveRunsOf(shared).settled()]);
    expect((await rowOf(id)).resumedAt).toEqual([3]);
  });
});
