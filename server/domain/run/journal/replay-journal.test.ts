import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { execute } from "@/runtime/executor/execute";
import type { PersonQuestion } from "@/runtime/node/people";
import type { RunEvent } from "@/runtime/run/events";
import { startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { eraseConversations } from "@/server/domain/conversation/erase";
import { removeOldErased } from "@/server/domain/conversation/erased-runs";
import { workspaceGateway } from "@/server/domain/endpoint/workspace-gateway";
import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { runWorkspace } from "../run-fixture";
import { foldRun, type RunIdentity, summaryOf } from "../run-record";
import { logText, type RunText, writeTexts } from "../write-runs";
import { writeRunLine } from "./journal-line";
import { replayJournals } from "./replay-journal";

let database: Database;
let folder: string;
let identity: Omit<RunIdentity, "id">;
const events: RunEvent[] = [];

beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY ??= Buffer.alloc(32, 7).toString("base64");
  const [opened, server] = await Promise.all([openTestDatabase(), startFakeOpenAiServer()]);
  database = opened;
  const { api, owner, pipeline } = await runWorkspace(database, server.baseUrl, ["echo"]);
  const pipelineId = await pipeline("echo");
  await api.deployment.publish({ pipelineId, revision: 1, slug: "replayed" });
  const { revisionId } = await database.prisma.deployment.findUniqueOrThrow({ where: { slug: "replayed" } });
  const { workspaceId } = owner;
  identity = { workspaceId, pipelineId, revisionId, deploymentId: null, apiKeyId: null, trigger: "api" };
  const compiled = await planOfRevision(database, revisionId);
  if (!compiled.ok) throw new Error("the plan has errors");
  const models = workspaceGateway(database, workspaceId);
  for await (const event of execute(compiled.value, { q: "hi" }, { runId: "r", models })) events.push(event);
  await server.close();
}, 120_000);
afterAll(() => database.close());
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-replay-"));
  return () => rm(folder, { recursive: true, force: true });
});

const newRun = (): RunIdentity => ({ id: randomUUID(), ...identity });
const stretch = (run: RunIdentity, from: number, to = events.length): RunText => {
  const own = events.slice(0, to).map((event) => ({ ...event, runId: run.id }));
  return { run, isNew: from === 0, summary: summaryOf(foldRun(own)), ...logText(own.slice(from)) };
};
/** A file as a process left it that is dead, with a line that was under way. */
const leave = async (...texts: RunText[]) => {
  const lines = texts.map(writeRunLine);
  const torn = writeRunLine(stretch(newRun(), 0)).subarray(0, 200);
  await writeFile(path.join(folder, "elsewhere~1~ab~000000.journal"), Buffer.concat([...lines, torn]));
};
const replay = () => replayJournals(database, folder, true);
const storedLog = async (id: string) => (await readRunLog(database, id)).map(({ seq }) => seq);
const all = () => events.map(({ seq }) => seq);

it("stores a run that the database does not have, row and log, and removes the file", async () => {
  const run = newRun();
  await leave(stretch(run, 0));
  expect(await replay()).toEqual({ recovered: 1, refused: 0, damagedLines: 1 });
  const row = await database.prisma.run.findUniqueOrThrow({ where: { id: run.id } });
  expect(row).toMatchObject({ status: "success", trigger: "api" });
  expect(row.endedAt).not.toBeNull();
  expect(await storedLog(run.id)).toEqual(all());
  expect(await readdir(folder)).toEqual([]);
});

it("does not bring back what was erased meanwhile, and forgets its id after a long time", async () => {
  const run = newRun();
  const { workspaceId, pipelineId } = run;
  const conversation = await database.prisma.conversation.create({
    data: {
      workspaceId,
      pipelineId,
      owner: `erased-${run.id}`,
      name: "c",
      endUser: "ada",
      runs: 1,
    },
  });
  await database.prisma.conversationTurn.create({ data: { runId: run.id, conversationId: conversation.id } });
  await leave(stretch(run, 0));
  expect((await eraseConversations(database, { workspaceId, endUser: "ada" })).conversations).toBe(1);
  expect((await replay()).recovered).toBe(0);
  expect(await database.prisma.run.findUnique({ where: { id: run.id } })).toBeNull();
  expect(await readdir(folder)).toEqual([]);
  expect(await removeOldErased(database)).toBe(0);
  await database.prisma.erasedRun.update({ where: { runId: run.id }, data: { at: new Date(0) } });
  expect(await removeOldErased(database)).toBe(1);
});

it("adds what is missing where the database has a part, wherever that ends", async () => {
  for (let to = 1; to <= events.length; to++) {
    const run = newRun();
    await writeTexts(database, [stretch(run, 0, to)]);
    // The beginning was journaled, and then the end, from what was stored at the time.
    await leave(stretch(run, 0, 1), stretch(run, Math.max(0, to - 2)));
    expect((await replay()).recovered).toBe(to < events.length ? 1 : 0);
    expect(await storedLog(run.id)).toEqual(all());
    const row = await database.prisma.run.findUniqueOrThrow({ where: { id: run.id } });
    expect(row.status).toBe("success");
  }
});

it("changes nothing the second time", async () => {
  const run = newRun();
  await leave(stretch(run, 0));
  await replay();
  const before = await database.prisma.run.findUniqueOrThrow({ where: { id: run.id } });
  await leave(stretch(run, 0));
  expect((await replay()).recovered).toBe(0);
  expect(await database.prisma.run.findUniqueOrThrow({ where: { id: run.id } })).toEqual(before);
  expect(await storedLog(run.id)).toEqual(all());
});

it("leaves a run alone that another process took up again", async () => {
  const run = newRun();
  await writeTexts(database, [stretch(run, 0, 2)]);
  await database.prisma.run.update({ where: { id: run.id }, data: { resumedAt: [2] } });
  await leave(stretch(run, 0));
  expect((await replay()).recovered).toBe(0);
  expect(await storedLog(run.id)).toEqual([0, 1]);
});

it("goes past a run whose pipeline is gone, and says so", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  const [gone, run] = [{ ...newRun(), pipelineId: randomUUID() }, newRun()];
  await leave(stretch(gone, 0), stretch(run, 0));
  expect(await replay()).toMatchObject({ recovered: 1, refused: 1 });
  expect(said).toHaveBeenCalledOnce();
  said.mockRestore();
});

it("takes no file of a process that is alive, where others may use the folder", async () => {
  const run = newRun();
  await leave(stretch(run, 0));
  // Written just now, on another machine.
  expect((await replayJournals(database, folder, false)).recovered).toBe(0);
  expect(await readdir(folder)).toHaveLength(1);
});

it("asks nobody any more what a run asked that has ended", async () => {
  const run = newRun();
  const begun = events.slice(0, events.findIndex(({ type }) => type === "node-start") + 1);
  const last = begun.at(-1);
  if (last?.type !== "node-start") throw new Error("no step has begun");
  const question: PersonQuestion = {
    key: "review",
    kind: "approve",
    title: "x",
    instructions: "",
    value: "x",
    shown: [],
    assignees: { emails: [], role: "editor" },
    reviewers: 1,
    excludesAuthor: false,
    masksPersonalData: false,
    dueSeconds: 60,
  };
  const { path: asker, at, seq } = last;
  const error = { code: "interrupted", message: "x" } as const;
  const own: RunEvent[] = [
    ...begun.map((event) => ({ ...event, runId: run.id })),
    { type: "node-paused", path: asker, questions: [question], runId: run.id, seq: seq + 1, at },
    { type: "run-end", outcome: "failure", error, runId: run.id, seq: seq + 2, at },
  ];
  await leave({ run, isNew: true, summary: summaryOf(foldRun(own)), ...logText(own), withdraws: true });
  expect((await replay()).recovered).toBe(1);
  const tasks = await database.prisma.inboxTask.findMany({ where: { runId: run.id }, select: { state: true } });
  expect(tasks).toEqual([{ state: "withdrawn" }]);
});
