import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyDocument } from "@/runtime/graph/document";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";

let database: Database;
let api: ReturnType<typeof callerOf>;
let workspaceId: string;
let pipelineId: string;
let revisionId: string;
let datasetVersionId: string;
const start = Date.UTC(2026, 0, 1);
const at = (minute: number) => new Date(start + minute * 60_000);

beforeAll(async () => {
  database = await openTestDatabase();
  const member = await addMember(database, "owner");
  workspaceId = member.workspaceId;
  api = callerOf(database, member);
  pipelineId = (await api.pipeline.create({ name: "Sorted 100 %" })).id;
  const { prisma } = database;
  const revision = await prisma.revision.create({
    data: { workspaceId, pipelineId, number: 1, graphHash: "hash", document: { ...emptyDocument } },
  });
  revisionId = revision.id;
  const dataset = await prisma.dataset.create({ data: { workspaceId, name: "Letters" } });
  const version = await prisma.datasetVersion.create({
    data: {
      workspaceId,
      datasetId: dataset.id,
      number: 1,
      contentHash: "hash",
      columns: [],
      rowCount: 0,
      fileId: "f",
      datasetRevision: 1,
    },
  });
  datasetVersionId = version.id;
});
afterAll(() => database.close());

/** So many runs, a minute apart from `from` on. */
const addRuns = (prefix: string, count: number, from: number, trigger: "editor" | "api" | "evaluation") =>
  database.query(
    `INSERT INTO "Run" ("id", "workspaceId", "pipelineId", "revisionId", "trigger", "status", "startedAt", "question")
     SELECT $1 || n, $2, $3, $4, $5::"RunTrigger", 'success', $6::timestamp + n * interval '1 minute', $1 || n
     FROM generate_series(0, $7::int - 1) AS n`,
    [prefix, workspaceId, pipelineId, revisionId, trigger, at(from).toISOString().slice(0, -1), count],
  );
const addExperiment = (id: string, minute: number, more: object = {}) =>
  database.prisma.experiment.create({
    data: {
      id,
      name: id,
      workspaceId,
      pipelineId,
      datasetVersionId,
      spec: {},
      cellsTotal: 240,
      cellsDone: 240,
      failures: 3,
      createdAt: at(minute),
      ...more,
    },
  });
type Page = Awaited<ReturnType<typeof api.run.list>>;
const rowsOf = ({ items, experiments }: Page) =>
  [...items, ...experiments]
    .toSorted((one, other) => other.startedAt.getTime() - one.startedAt.getTime())
    .map(({ id }) => id);
const all = async (input: Parameters<typeof api.run.list>[0]) => {
  const found: string[][] = [];
  for (let cursor: string | null = null, pages = 0; pages === 0 || cursor !== null; pages += 1) {
    const page: Page = await api.run.list({ ...input, cursor });
    found.push(rowsOf(page));
    cursor = page.nextCursor;
    if (pages > 20) throw new Error("The list has no end.");
  }
  return found;
};

describe("the list of runs", () => {
  beforeAll(async () => {
    await addRuns("by-hand-", 3, 0, "editor");
    await addRuns("called-", 2, 10, "api");
    await addRuns("answered-", 50, 20, "evaluation");
    await addExperiment("Tone", 20);
    await addExperiment("Length 100_", 2.5, { failures: 0 });
  });

  it("has an experiment as one row where its runs would stand, over its pages", async () => {
    const list = await all({ folded: true, limit: 3 });
    expect(list).toEqual([["Tone", "called-1", "called-0"], ["Length 100_", "by-hand-2", "by-hand-1"], ["by-hand-0"]]);
    const { experiments } = await api.run.list({ folded: true });
    expect(experiments[0]).toMatchObject({
      pipeline: { name: "Sorted 100 %" },
      runs: 240,
      failures: 3,
      status: "success",
    });
  });

  it("leaves experiments out where they are not asked for or have no such runs", async () => {
    const experiments = async (input: object) =>
      (await api.run.list({ folded: true, ...input })).experiments.map(({ id }) => id);
    expect(await experiments({ folded: false })).toEqual([]);
    expect(await experiments({ source: "evaluation" })).toEqual([]);
    expect(await experiments({ status: "failure" })).toEqual(["Tone"]);
    expect(await experiments({ status: "success" })).toEqual(["Tone", "Length 100_"]);
    expect(await experiments({ status: "running" })).toEqual([]);
    expect(await experiments({ status: "aborted" })).toEqual([]);
    expect(await experiments({ rating: "good" })).toEqual([]);
    expect(await experiments({ from: at(5).toISOString() })).toEqual(["Tone"]);
    expect(await experiments({ query: "h 100_" })).toEqual(["Length 100_"]);
    // A pipeline's name finds its experiments, and its signs stand for themselves.
    expect(await experiments({ query: "100 %" })).toEqual(["Tone", "Length 100_"]);
    expect(await experiments({ query: "Sorted%" })).toEqual([]);
  });

  it("gives the runs of every source in one order", async () => {
    const [first = []] = await all({ source: "all", limit: 100 });
    expect(first).toHaveLength(55);
    expect(first.slice(-6)).toEqual(["answered-0", "called-1", "called-0", "by-hand-2", "by-hand-1", "by-hand-0"]);
  });

  it("finds a run of long ago by its id at once, once", async () => {
    const page = await api.run.list({ query: "by-hand-1", source: "api" });
    expect(page.items.map(({ id }) => id)).toEqual(["by-hand-1"]);
    expect((await all({ query: "by-hand-1" })).flat()).toEqual(["by-hand-1"]);
  });

  it("searches a bounded part of a long list, and goes on behind it", async () => {
    await addRuns("many-", 20_000, 1_000, "api");
    const { items, nextCursor } = await api.run.list({ query: "by-hand" });
    expect(items).toEqual([]);
    expect(nextCursor).not.toBeNull();
    expect((await all({ query: "by-hand" })).flat()).toEqual(["by-hand-2", "by-hand-1", "by-hand-0"]);
  });
});
