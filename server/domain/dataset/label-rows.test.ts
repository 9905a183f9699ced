import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { runWorkspace } from "@/server/domain/run/run-fixture";
import type { Database } from "@/server/platform/db/database";
import { localStorage, useFileStorage } from "@/server/platform/object-store/file-storage";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";

let database: Database;
let server: FakeOpenAiServer;
let folder: string;
let workspace: Awaited<ReturnType<typeof runWorkspace>>;
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-labels-"));
  [database, server] = await Promise.all([openTestDatabase(), startFakeOpenAiServer()]);
  useFileStorage(database, localStorage(folder));
  workspace = await runWorkspace(database, server.baseUrl, ["echo", "schema"]);
});
afterAll(async () => {
  await liveRunsOf(database).settled();
  await Promise.all([database.close(), server.close()]);
  await rm(folder, { recursive: true, force: true });
});

const columns = [
  { name: "q", role: "input" as const },
  { name: "a", role: "expected" as const },
];

it("labels of several people give their agreement, where they differ, and what most say", async () => {
  const { api, owner } = workspace;
  const people = [
    api,
    ...(await Promise.all(
      [1, 2].map(async () => callerOf(database, await addMember(database, "editor", owner.workspaceId))),
    )),
  ];
  const { id } = await api.dataset.create({ name: "Labelled", columns });
  const { ids } = await api.dataset.addRows({ id, rows: ["one", "two", "three"].map((q) => ({ inputs: { q } })) });
  const said = [
    ["x", "x", "x"],
    ["x", "y", "y"],
    ["y", "y", "y"],
  ];
  for (const [row, labels] of said.entries())
    for (const [person, value] of labels.entries())
      await people[person]?.dataset.labelRow({ id, rowId: ids[row] ?? "", column: "a", value });
  const agreement = await api.dataset.agreement({ id, column: "a" });
  expect(agreement).toMatchObject({ shared: 3, agreed: 2, cohen: null });
  // Two of three rows agree wholly, one in a third of its pairs: 7/9 seen, 4/9 ² + 5/9 ² by chance.
  expect(agreement.fleiss).toBeCloseTo((7 / 9 - 41 / 81) / (1 - 41 / 81), 12);
  expect(agreement.krippendorff).toBeGreaterThan(0.5);
  expect(agreement.disagreements).toMatchObject([{ text: "two" }]);
  expect(await api.dataset.expectMajority({ id, column: "a" })).toEqual({ set: 3 });
  expect((await api.dataset.rows({ id })).rows.map(({ expected }) => expected.a)).toEqual(["x", "y", "y"]);
  await expect(api.dataset.labelRow({ id, rowId: ids[0] ?? "", column: "q", value: "x" })).rejects.toThrow(
    /no expected column/,
  );
});

it("a version is compared with what is there now, and brought back", async () => {
  const { api } = workspace;
  const { id } = await api.dataset.create({ name: "Versions", columns });
  const { ids } = await api.dataset.addRows({ id, rows: [{ inputs: { q: "one" } }, { inputs: { q: "one" } }] });
  expect((await api.dataset.check({ id })).map(({ kind, removable }) => [kind, removable.length])).toEqual([
    ["duplicates", 1],
  ]);
  const { versionId } = await api.dataset.saveVersion({ id });
  await api.dataset.removeRows({ id, rowIds: [ids[1] ?? ""] });
  await api.dataset.addRows({ id, rows: [{ inputs: { q: "two" } }, { inputs: { q: "three" } }] });
  expect(await api.dataset.diffVersion({ id, versionId })).toEqual({ added: 2, removed: 1, changed: 0 });
  await api.dataset.restoreVersion({ id, versionId });
  expect((await api.dataset.rows({ id })).rows.map(({ inputs }) => inputs.q)).toEqual(["one", "one"]);
});

it("a run becomes a case with what it was given, and with its answer where that was right", async () => {
  const { api } = workspace;
  const pipelineId = await workspace.pipeline("echo");
  const { runId } = await api.run.start({ pipelineId, revision: 1, inputs: { q: "why?" } });
  await liveRunsOf(database).get(runId)?.finished;
  const { id, rows } = await api.dataset.addRuns({ runIds: [runId], into: { name: "From runs" }, expectAnswers: true });
  expect(rows).toBe(1);
  expect((await api.dataset.rows({ id })).rows[0]).toMatchObject({
    inputs: { q: "why?" },
    expected: { answer: "Result: Answer: why?", raw: "Answer: why?" },
    source: "run",
    runId,
  });
  const other = await api.dataset.create({ name: "Other columns", columns: [{ name: "else", role: "input" }] });
  await expect(api.dataset.addRuns({ runIds: [runId], into: { datasetId: other.id } })).rejects.toThrow(
    /None of these runs/,
  );
});

it("rated runs become cases: a good answer is expected, a correction in its place, and none is taken twice", async () => {
  const { api } = workspace;
  const pipelineId = await workspace.pipeline("echo");
  const run = async (q: string) => {
    const { runId } = await api.run.start({ pipelineId, revision: 1, inputs: { q } });
    await liveRunsOf(database).get(runId)?.finished;
    return runId;
  };
  const [good, bad, mended, back] = [await run("good"), await run("bad"), await run("mended"), await run("back")];
  await run("unrated");
  await api.run.rate({ id: good, rating: "good" });
  await api.run.rate({ id: bad, rating: "bad" });
  await api.run.rate({ id: mended, rating: "good" });
  await api.run.rate({ id: mended, rating: "bad", correction: " better " });
  await api.run.rate({ id: back, rating: "good" });
  await api.run.rate({ id: back, rating: null });
  expect((await api.run.get({ id: mended })).feedback).toEqual({ rating: "bad", correction: "better" });
  expect((await api.run.get({ id: back })).feedback).toBeNull();
  const { id, rows } = await api.dataset.addFeedback({ pipelineId, into: { name: "Rated" } });
  expect(rows).toBe(3);
  const taken = new Map((await api.dataset.rows({ id })).rows.map((row) => [row.inputs.q, row]));
  expect(taken.get("good")).toMatchObject({ expected: { raw: "Answer: good" }, tags: ["good"], source: "feedback" });
  expect(taken.get("bad")).toMatchObject({ expected: {}, tags: ["bad"], runId: bad });
  expect(taken.get("mended")).toMatchObject({ expected: { answer: "better" }, tags: ["bad"] });
  await expect(api.dataset.addFeedback({ pipelineId, into: { datasetId: id } })).rejects.toThrow(/does not have yet/);
  await expect(api.run.rate({ id: good, rating: "bad", correction: "x".repeat(20_001) })).rejects.toThrow(/20000/);
});

it("cases that a model wrote are marked, and a reply that holds none is refused", async () => {
  const { api } = workspace;
  const { id } = await api.dataset.create({ name: "Written", columns });
  await expect(api.dataset.generateRows({ id, description: "complaints", model: "fake/echo" })).rejects.toThrow(
    /no case that could be read/,
  );
  expect((await api.dataset.get({ id })).rowCount).toBe(0);
});
