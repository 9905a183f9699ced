import { afterAll, beforeAll, expect, it } from "vitest";
import { verifyReport } from "@/runtime/eval/verify/verify-report";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { jobWhen } from "@/server/platform/job/job-fixture";
import { type Evaluation, startEvaluation } from "./evaluation-fixture";
import { draftOf } from "./experiment-fixture";
import { verifiablePieces } from "./export-verifiable";

let database: Evaluation["database"];
let workspace: Evaluation["workspace"];
let stop: Evaluation["stop"];
let server: FakeOpenAiServer;
beforeAll(async () => {
  server = await startFakeOpenAiServer();
  ({ database, workspace, stop } = await startEvaluation(server.baseUrl, ["echo"]));
});
afterAll(async () => {
  await stop();
  await server.close();
});

const run = async (draft: ReturnType<typeof draftOf>) => {
  const { id } = await workspace.api.experiment.start({ name: "Known before", draft });
  const { jobId } = await database.prisma.experiment.findUniqueOrThrow({ where: { id } });
  expect(await jobWhen(database, jobId ?? "")).toMatchObject({ status: "success", errorMessage: null });
  return id;
};
const stored = async (id: string) => {
  const { population } = await database.prisma.experiment.findUniqueOrThrow({ where: { id } });
  const rows = await database.prisma.experimentRow.findMany({
    where: { experimentId: id },
    select: { covariates: true },
    orderBy: { row: "asc" },
  });
  return { population, values: rows.map(({ covariates }) => covariates) };
};

it("what is known of rows is fixed before the run, the same at a second start, and verified", async () => {
  const [pipelineId, datasetId] = [await workspace.pipeline("echo"), await workspace.dataset(60)];
  const draft = draftOf({ pipelineId, datasetId, covariates: ["earlier", "length"] });
  const some = { ...draft, rows: { ...draft.rows, most: 45 } };
  expect((await workspace.api.experiment.forecast({ draft })).warnings).toContain("all-rows");
  expect((await workspace.api.experiment.forecast({ draft: some })).warnings).not.toContain("all-rows");
  const first = await run(some);
  const before = await stored(first);
  expect(before.population).toMatchObject({ rows: 60 });
  expect(before.values).toHaveLength(45);
  // Nothing was known of earlier scores; lengths part.
  expect(new Set(before.values.map(([earlier]) => earlier)).size).toBe(1);
  expect(new Set(before.values.map(([, length]) => length)).size).toBeGreaterThan(1);
  // The first start's scores are no news at a second one.
  expect(await stored(await run(some))).toEqual(before);
  const exported = await verifiablePieces(database, workspace.owner.workspaceId, { id: first, name: "Known before" });
  expect(verifyReport([...(exported ?? [])].join(""))).toMatchObject({ ok: true });
});

it("a version against itself has answers of its own on either side, also from the store", async () => {
  const [pipelineId, datasetId] = [await workspace.pipeline("echo"), await workspace.dataset(25, "Again")];
  const variants = ["a", "b"].map((key) => ({ key, label: key, revision: "draft" as const, overrides: [] }));
  const draft = draftOf({ pipelineId, datasetId, variants });
  await run(draft);
  const id = await run(draft);
  const cells = await database.prisma.experimentCell.findMany({ where: { experimentId: id } });
  expect(cells.every(({ cached }) => cached)).toBe(true);
  // Each cell has a key of its own: none stands in for another.
  expect(new Set(cells.map(({ cacheKey }) => cacheKey)).size).toBe(50);
  const { report } = await workspace.api.experiment.get({ id });
  expect(report?.sameVersion).toMatchObject({ draws: 2_000, called: { value: 0 } });
});
