import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

const variant = (key: string, user: string) => ({
  key,
  label: key.toUpperCase(),
  revision: "draft" as const,
  overrides: [{ nodeId: "ask", config: { user } }],
});

describe("an experiment that drops losers", () => {
  it("does not run them to the end, says so, goes on without them, and is verified", async () => {
    const [pipelineId, datasetId] = [await workspace.pipeline("echo"), await workspace.dataset(70)];
    const draft = draftOf({
      pipelineId,
      datasetId,
      dropLosers: true,
      variants: [
        variant("a", "{{question}}"),
        variant("b", "{{question}} please"),
        variant("c", "{{question}}"),
        variant("d", "oh {{question}}"),
      ],
      concurrency: 4,
    });
    const { id } = await workspace.api.experiment.start({ name: "Race", draft });
    const { jobId } = await database.prisma.experiment.findUniqueOrThrow({ where: { id } });
    expect(await jobWhen(database, jobId ?? "")).toMatchObject({ status: "success", errorMessage: null });
    const view = await workspace.api.experiment.get({ id });
    const dropped = view.report?.dropped ?? [];
    expect(dropped.map(({ variant: out }) => out).sort()).toEqual([1, 3]);
    for (const { rows, lead } of dropped) {
      expect(rows).toBeLessThan(60);
      expect(lead.low).toBeGreaterThan(0);
    }
    expect(view.cellsDone).toBe(view.cellsTotal);
    expect(view.cellsDone).toBeLessThan(250);
    expect(view.report?.verdict.cautions).not.toContain("partial");
    const cells = await database.prisma.experimentCell.groupBy({
      by: ["variant"],
      where: { experimentId: id },
      _count: true,
      orderBy: { variant: "asc" },
    });
    const counts = cells.map(({ _count }) => _count);
    expect([counts[0], counts[2]]).toEqual([70, 70]);
    // Beyond the row of the drop, no more than was under way.
    expect(counts[1]).toBeLessThanOrEqual(Math.max(...dropped.map(({ rows }) => rows)) + 20);
    expect(await database.prisma.experimentRow.count({ where: { experimentId: id, open: true } })).toBe(0);

    const exported = await verifiablePieces(database, workspace.owner.workspaceId, { id, name: "Race" });
    expect(verifyReport([...(exported ?? [])].join(""))).toMatchObject({ ok: true });

    // Dropping has a part of the alpha of the look, and so has what is said; a second start is the same look.
    expect(view.report).toMatchObject({ look: { number: 1, alpha: 0.05, own: 0.025 }, dropping: { alpha: 0.025 } });
    const again = await workspace.api.experiment.start({ name: "Race again", draft });
    const { jobId: secondJob } = await database.prisma.experiment.findUniqueOrThrow({ where: { id: again.id } });
    expect(await jobWhen(database, secondJob ?? "")).toMatchObject({ status: "success" });
    const second = await workspace.api.experiment.get({ id: again.id });
    expect(second.report).toMatchObject({ look: view.report?.look, dropping: view.report?.dropping, dropped });
    expect(second.report?.verdict).toEqual(view.report?.verdict);
    // The same without dropping decides at another level, so it is another look.
    const whole = await workspace.api.experiment.start({ name: "Whole", draft: { ...draft, dropLosers: false } });
    const { jobId: wholeJob } = await database.prisma.experiment.findUniqueOrThrow({ where: { id: whole.id } });
    expect(await jobWhen(database, wholeJob ?? "")).toMatchObject({ status: "success" });
    const full = await workspace.api.experiment.get({ id: whole.id });
    expect(full.report?.look?.number).toBe(2);
    expect(full.report?.dropping).toBeUndefined();
  });

  it("stops where nobody is left to be compared", async () => {
    const [pipelineId, datasetId] = [await workspace.pipeline("echo"), await workspace.dataset(90, "Alone")];
    const draft = draftOf({
      pipelineId,
      datasetId,
      dropLosers: true,
      variants: [variant("a", "{{question}}"), variant("b", "{{question}} please"), variant("c", "oh {{question}}")],
      concurrency: 4,
    });
    const { id } = await workspace.api.experiment.start({ name: "Alone", draft });
    const { jobId } = await database.prisma.experiment.findUniqueOrThrow({ where: { id } });
    expect(await jobWhen(database, jobId ?? "")).toMatchObject({ status: "success" });
    const view = await workspace.api.experiment.get({ id });
    expect(view.cellsDone).toBeLessThan(200);
    expect(view.verdict).toMatchObject({ kind: "worse" });
  });

  it("needs three variants and a main metric of single cases", async () => {
    const [pipelineId, datasetId] = [await workspace.pipeline("echo"), await workspace.dataset(3, "Few")];
    const two = draftOf({ pipelineId, datasetId, dropLosers: true });
    await expect(workspace.api.experiment.forecast({ draft: two })).rejects.toThrow(/three variants/);
    const three = [variant("a", "{{question}}"), variant("b", "b {{question}}"), variant("c", "c {{question}}")];
    const timed = draftOf({ pipelineId, datasetId, dropLosers: true, variants: three, primary: "time.duration" });
    await expect(workspace.api.experiment.forecast({ draft: timed })).rejects.toThrow(/scores each case/);
  });
});
