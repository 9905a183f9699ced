import { afterAll, beforeAll, expect, it } from "vitest";
import { emptyContent } from "@/nodes/lib/prompt/prompt-content";
import { experimentSpec } from "@/runtime/eval/contract/experiment-spec";
import { buildDocument } from "@/runtime/testing/build-document";
import { storeFile } from "@/server/domain/file/store-file";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";

let database: Database;
let member: Member;
let api: ReturnType<typeof callerOf>;
beforeAll(async () => {
  database = await openTestDatabase();
  member = await addMember(database, "owner");
  api = callerOf(database, member);
});
afterAll(() => database.close());

const say = (user: string) => ({ ...emptyContent, user });
const held = async () => {
  const { id } = await api.prompt.create({ name: "Letters", kind: "text", content: say("Dear {{letter}}") });
  const pipeline = await api.pipeline.create({
    name: "Letters",
    document: buildDocument(
      {
        in: { type: "io/input", config: { fields: [{ name: "letter", maxLength: 100 }] } },
        fill: { type: "text/template", config: { prompt: { reference: id, label: "production" } } },
        out: { type: "io/output", config: { outputs: [{ name: "answer", title: "" }] } },
      },
      ["in.letter > fill.letter", "fill.text > out.answer"],
    ),
  });
  return { id, pipelineId: pipeline.id };
};
const run = async (pipelineId: string, letter: string) => {
  const { revision } = await api.pipeline.get({ id: pipelineId });
  const { runId } = await api.run.start({ pipelineId, revision, inputs: { letter } });
  await liveRunsOf(database).get(runId)?.finished;
  return runId;
};

it("says of a version where it ran, what people and experiments said, and what happened to the prompt", async () => {
  const { id, pipelineId } = await held();
  const none = await api.promptFigures.version({ id, number: 1 });
  expect(none).toMatchObject({ runs: 0, costMicroUsd: null, p95: null, ratings: null, scores: [], disagreements: [] });

  const [good, bad] = [await run(pipelineId, "one"), await run(pipelineId, "two")];
  await api.run.rate({ id: good ?? "", rating: "good" });
  await api.run.rate({ id: bad ?? "", rating: "bad", correction: "Hello two" });
  const { revisionId } = await database.prisma.run.findUniqueOrThrow({ where: { id: bad ?? "" } });
  const dataset = await database.prisma.dataset.create({ data: { workspaceId: member.workspaceId, name: "D" } });
  const { fileId } = await storeFile(database, {
    workspaceId: member.workspaceId,
    name: "d.txt",
    bytes: Buffer.from("d"),
  });
  const version = await database.prisma.datasetVersion.create({
    data: {
      workspaceId: member.workspaceId,
      datasetId: dataset.id,
      number: 1,
      contentHash: "hash",
      columns: [],
      rowCount: 0,
      fileId,
      datasetRevision: 1,
    },
  });
  const estimate = { value: 0.7, low: 0.6, high: 0.8, method: "wilson" };
  const measured = {
    id: "same.match",
    title: { en: "Match", zh: "匹配" },
    scale: "binary",
    unit: null,
    better: "higher",
    kind: "mean",
    values: [
      { variant: 0, rows: 9, missing: 0, estimate: { ...estimate, value: 0.1 } },
      { variant: 1, rows: 80, missing: 0, estimate },
    ],
  };
  await database.prisma.experiment.create({
    data: {
      workspaceId: member.workspaceId,
      pipelineId,
      name: "Measured",
      datasetVersionId: version.id,
      spec: experimentSpec.parse({
        pipelineId,
        datasetVersionId: version.id,
        baseline: "a",
        variants: [
          { key: "a", label: "Other", revisionId: "other" },
          { key: "b", label: "Held", revisionId },
        ],
        scorers: [{ id: "same", type: "text/exact" }],
        primary: "same.match",
      }),
      report: { primary: "same.match", metrics: [measured] },
    },
  });
  const figures = await api.promptFigures.version({ id, number: 1 });
  expect(figures).toMatchObject({
    versions: 1,
    runs: 2,
    failures: 0,
    ratings: { good: 1, bad: 1, value: 0.5 },
    disagreements: [{ id: bad, question: "two", answer: "Dear two", correction: "Hello two" }],
    scores: [{ name: "Measured", rows: 80, estimate: { value: 0.7, low: 0.6, high: 0.8 } }],
  });
  expect(figures.ratings?.low).toBeLessThan(0.2);
  expect(figures.p95).toBeGreaterThanOrEqual(figures.p50 ?? 0);

  await api.prompt.saveVersion({ id, parent: 1, newest: 1, content: say("Hello {{letter}}") });
  await api.promptLabel.move({ id, name: "production", number: 2, from: 1 });
  expect(await api.promptFigures.version({ id, number: 2 })).toMatchObject({ versions: 0, runs: 0 });
  const { entries, more } = await api.promptFigures.log({ id });
  expect(entries.map(({ action }) => action)).toEqual(["prompt.set-label", "prompt.save-version", "prompt.create"]);
  expect(entries[0]).toMatchObject({ data: { label: "production", from: 1, number: 2 }, by: expect.any(String) });
  expect(more).toBe(false);
});

it("says of 120 changes the latest hundred, and that there are more", async () => {
  const { id } = await held();
  const { workspaceId, userId } = member;
  await database.prisma.auditEntry.createMany({
    data: Array.from({ length: 120 }, () => ({
      workspaceId,
      userId,
      action: "prompt.update",
      subject: `prompt:${id}`,
    })),
  });
  const { entries, more } = await api.promptFigures.log({ id });
  expect([entries.length, more]).toEqual([100, true]);
});
