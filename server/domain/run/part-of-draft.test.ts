import { afterAll, beforeAll, expect, it } from "vitest";
import type { GraphDocument } from "@/runtime/graph/document";
import { buildDocument } from "@/runtime/testing/build-document";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { liveRunsOf } from "./live-runs";
import { foldRun } from "./run-record";

let database: Database;
let api: ReturnType<typeof callerOf>;
beforeAll(async () => {
  database = await openTestDatabase();
  api = callerOf(database, await addMember(database, "owner"));
});
afterAll(() => database.close());

const template = (text: string) => ({ type: "text/template", config: { template: text } });
const draft = (middle = "<{{a}}>"): GraphDocument =>
  buildDocument(
    {
      in: { type: "io/input", config: { fields: [{ name: "q", maxLength: 100 }] } },
      one: template("[{{a}}]"),
      two: template(middle),
      out: { type: "io/output", config: { outputs: [{ name: "answer", title: "" }] } },
    },
    ["in.q > one.a", "one.text > two.a", "two.text > out.answer"],
  );
type Start = Parameters<typeof api.run.start>[0];
const ended = async (runId: string) => {
  await liveRunsOf(database).get(runId)?.finished;
  return foldRun(await readRunLog(database, runId));
};
const start = async (pipelineId: string, asked: Partial<Start> = {}) => {
  const { revision } = await api.pipeline.get({ id: pipelineId });
  const { runId } = await api.run.start({ pipelineId, revision, inputs: { q: "x" }, ...asked });
  return { runId, state: await ended(runId) };
};
const create = async (document: GraphDocument) => (await api.pipeline.create({ name: "Parts", document })).id;
const save = async (id: string, document: GraphDocument) => {
  const { revision } = await api.pipeline.get({ id });
  await api.pipeline.save({ id, baseRevision: revision, document });
};
const ran = (state: Awaited<ReturnType<typeof ended>>) =>
  [...state.nodes.values()].filter(({ attempt }) => attempt > 0).map(({ path }) => path.join("/"));

it("runs a step that was changed, and what follows it, on a stored run; and from any step of that run again", async () => {
  const id = await create(draft());
  const first = await start(id);
  expect(first.state.outputs).toEqual({ answer: "<[x]>" });
  await save(id, draft("({{a}})"));
  const { state } = await start(id, { part: { mode: "changed", source: first.runId } });
  expect(ran(state)).toEqual(["in", "two", "out"]);
  expect(state.outputs).toEqual({ answer: "([x])" });
  expect(state.nodes.get("one")?.cached).toBe(true);
  const fork = await api.run.retry({ id: first.runId, from: { node: "two" } });
  const forked = await ended(fork.runId);
  expect(ran(forked)).toEqual(["in", "two", "out"]);
  // The version that it was of, not the draft.
  expect(forked.outputs).toEqual({ answer: "<[x]>" });
});

it("refuses a run of another pipeline or workspace, and a step that is not there, in words", async () => {
  const [id, other] = [await create(draft()), await create(draft())];
  const foreign = await start(other);
  const from = (part: Start["part"]) => start(id, { part });
  await expect(from({ mode: "changed", source: foreign.runId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(from({ mode: "to", node: "gone" })).rejects.toMatchObject({
    details: { reason: "part-refused", part: { code: "no-step", node: "gone" } },
  });
  await expect(from({ mode: "changed" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(from({ mode: "to", node: "two", given: { a: "x" } })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  const given = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`k${index}`, 1]));
  await expect(from({ mode: "alone", node: "two", given })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  const stranger = callerOf(database, await addMember(database, "owner"));
  await expect(stranger.run.retry({ id: foreign.runId, from: { node: "two" } })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

it("runs a step alone without asking for the pipeline's inputs", async () => {
  const id = await create(draft());
  const { state } = await start(id, { inputs: {}, part: { mode: "alone", node: "two", given: { a: "hand" } } });
  expect([state.status, state.nodes.get("two")?.outputs]).toEqual(["success", { text: "<hand>" }]);
});

it("lets a pin hold for runs of the draft alone: not for one that does not say so, not for what is published", async () => {
  const pinned: GraphDocument = { ...draft(), pins: { one: { text: "PINNED" } } };
  const id = await create(pinned);
  expect((await start(id, { pins: true })).state.outputs).toEqual({ answer: "<PINNED>" });
  expect((await start(id)).state.outputs).toEqual({ answer: "<[x]>" });
  const { revision } = await api.pipeline.get({ id });
  await api.deployment.publish({ pipelineId: id, revision, slug: `parts-${id}` });
  const [frozen] = (await api.pipeline.revisions({ id })).revisions;
  const { document } = await api.pipeline.revision({ id, revisionId: frozen?.id ?? "" });
  expect(document.pins).toBeUndefined();
  expect((await api.pipeline.get({ id })).document).toMatchObject({ pins: pinned.pins });
});

it("does not expect what a pin or another run's results answered, unless a person wrote it", async () => {
  const id = await create({ ...draft(), pins: { one: { text: "PINNED" } } });
  const { runId } = await start(id, { pins: true });
  const source = await start(id);
  const changed = await start(id, { part: { mode: "changed", source: source.runId } });
  for (const each of [runId, changed.runId]) {
    const taken = { runIds: [each], into: { name: "Stands on others" } };
    await expect(api.dataset.addRuns({ ...taken, expectAnswers: true })).rejects.toThrow("another run, or on pins");
    const { id: datasetId } = await api.dataset.addRuns(taken);
    const { rows } = await api.dataset.rows({ id: datasetId });
    expect(rows.map((row) => [row.inputs, row.expected])).toEqual([[{ q: "x" }, {}]]);
    const written = await api.dataset.addRuns({ ...taken, expected: { answer: "by hand" } });
    expect((await api.dataset.rows({ id: written.id })).rows.map(({ expected }) => expected)).toEqual([
      { answer: "by hand" },
    ]);
  }
});

it("expects of a run what a person wrote, before what it answered and what was said of it", async () => {
  const id = await create(draft());
  const { runId } = await start(id);
  await api.run.rate({ id: runId, rating: "bad", correction: "a correction" });
  const taken = { runIds: [runId], into: { name: "Written" }, expectAnswers: true };
  const { id: datasetId } = await api.dataset.addRuns({ ...taken, expected: { answer: "by hand" } });
  const { rows } = await api.dataset.rows({ id: datasetId });
  expect(rows.map(({ expected }) => expected)).toEqual([{ answer: "by hand" }]);
  await expect(
    api.dataset.addRuns({ ...taken, runIds: [runId, "other"], expected: { answer: "x" } }),
  ).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

it("says which pin no longer fits", async () => {
  const id = await create({ ...draft(), pins: { one: { text: 7 } } });
  await expect(start(id, { pins: true })).rejects.toMatchObject({
    details: { reason: "part-refused", part: { code: "pin-wrong" } },
  });
});
