import { afterAll, beforeAll, expect, it } from "vitest";
import { experimentSpec } from "@/runtime/eval/contract/experiment-spec";
import { emptyDocument } from "@/runtime/graph/document";
import { makeReport } from "@/server/domain/experiment/make-report";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";

const rows = 12;
let database: Database;
let api: ReturnType<typeof callerOf>;
let id: string;
let workspaceId: string;

beforeAll(async () => {
  database = await openTestDatabase();
  const owner = await addMember(database, "owner");
  api = callerOf(database, owner);
  workspaceId = owner.workspaceId;
  const { prisma } = database;
  const pipeline = await api.pipeline.create({ name: "Answers" });
  const revision = await prisma.revision.create({
    data: { workspaceId, pipelineId: pipeline.id, number: 1, graphHash: "hash", document: { ...emptyDocument } },
  });

  const dataset = await prisma.dataset.create({ data: { workspaceId, name: "Questions" } });
  const version = await prisma.datasetVersion.create({
    data: {
      workspaceId,
      datasetId: dataset.id,
      number: 1,
      contentHash: "hash",
      columns: [],
      rowCount: rows,
      fileId: "rows",
      datasetRevision: 1,
    },
  });
  const place = { workspaceId, pipelineId: pipeline.id };
  const common = {
    workspaceId,
    rowId: "r",
    repeat: 0,
    cacheKey: "k",
    scores: "{}",
    durationMs: 1,
    inputTokens: 0,
    outputTokens: 0,
  };
  const numbers = Array.from({ length: rows }, (_, row) => row);
  const experiment = await prisma.experiment.create({
    data: {
      ...place,
      name: "Which reads better",
      datasetVersionId: version.id,
      spec: experimentSpec.parse({
        pipelineId: pipeline.id,
        datasetVersionId: version.id,
        baseline: "a",
        variants: ["a", "b"].map((key) => ({ key, label: key, revisionId: revision.id })),
        scorers: [
          { id: "people", type: "human/preference", config: { question: "Which is kinder?" } },
          { id: "stars", type: "human/rating" },
          { id: "time", type: "run/latency" },
        ],
        primary: "people.preference",
      }),
      cellsTotal: rows * 2,
      cellsDone: rows * 2,
      rows: {
        create: numbers.map((row) => ({
          workspaceId,
          row,
          rowId: `r${row}`,
          inputs: JSON.stringify({ question: `q${row}` }),
          expected: "{}",
          weight: 1,
        })),
      },
      cells: {
        create: numbers.flatMap((row) =>
          [0, 1].map((variant) => ({
            ...common,
            row,
            variant,
            // The variant failed on the last row: nobody is asked about it.
            status: row === rows - 1 && variant === 1 ? "failure" : "success",
            outputs: JSON.stringify({ answer: `${variant === 0 ? "plain" : "kind"} ${row}` }),
          })),
        ),
      },
    },
  });
  id = experiment.id;
});
afterAll(() => database.close());

it("shows two answers to one question without saying whose they are, and keeps the choice from the variant's view", async () => {
  const sides = new Set<string>();
  let seen = 0;
  for (;;) {
    const queue = await api.review.queue({ id, scorerId: "people" });
    expect(queue).toMatchObject({ pairwise: true, question: "Which is kinder?", done: seen, total: rows });
    const [item] = queue.items;
    if (item === undefined) break;
    expect(Object.keys(item).sort()).toEqual(["answers", "at", "expected", "inputs"]);
    const [left = "", right = ""] = item.answers;
    expect([left, right].map((text) => text.split(" ")[0]).sort()).toEqual(["kind", "plain"]);
    expect(left.split(" ")[1]).toBe(String(item.inputs.question).slice(1));
    sides.add(left.split(" ")[0] ?? "");
    await api.review.answer({ id, scorerId: "people", at: item.at, said: left.startsWith("kind") ? "left" : "right" });
    seen += 1;
  }
  expect(seen).toBe(rows - 1);
  expect(sides.size).toBe(2);
  const stored = await database.prisma.reviewAnswer.findMany({ where: { experimentId: id, scorerId: "people" } });
  expect(new Set(stored.map(({ value }) => value))).toEqual(new Set([1]));
});

it("takes the last one back, so that it is asked again and does not count in the report", async () => {
  await makeReport(database, workspaceId, id);
  const heard = async () => (await api.experiment.get({ id })).report?.answers;
  expect(await heard()).toBe(rows - 1);
  expect(await api.review.undo({ id, scorerId: "people" })).toEqual({ undone: true });
  const queue = await api.review.queue({ id, scorerId: "people" });
  expect(queue.done).toBe(rows - 2);
  expect(queue.items).toHaveLength(1);
  expect(await heard()).toBe(rows - 2);
});

it("takes stars for single answers, and nothing else", async () => {
  const { items, total } = await api.review.queue({ id, scorerId: "stars" });
  expect(total).toBe(rows * 2);
  const at = items[0]?.at ?? 0;
  await api.review.answer({ id, scorerId: "stars", at, said: "4" });
  expect(
    await database.prisma.reviewAnswer.findFirst({ where: { experimentId: id, scorerId: "stars" } }),
  ).toMatchObject({ value: 0.75 });
  await expect(api.review.answer({ id, scorerId: "stars", at, said: "left" })).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
  await expect(api.review.answer({ id, scorerId: "people", at: 0, said: "3" })).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
});

it("knows no review of a scorer that asks nobody, nor of a place beyond the last", async () => {
  await expect(api.review.queue({ id, scorerId: "time" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(api.review.answer({ id, scorerId: "people", at: rows, said: "same" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
