import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chatDocument, runWorkspace } from "@/server/domain/run/run-fixture";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { callerOf } from "@/server/testing/workspace-fixture";

const hourMs = 3_600_000;
let database: Database;
let workspace: Awaited<ReturnType<typeof runWorkspace>>;
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  database = await openTestDatabase();
  workspace = await runWorkspace(database, "http://127.0.0.1:9/v1", ["echo"]);
});
afterAll(() => database.close());

const publishTwice = async (slug: string) => {
  const pipelineId = await workspace.pipeline("echo");
  const { id } = await workspace.api.deployment.publish({ pipelineId, revision: 1, slug });
  await workspace.api.pipeline.save({ id: pipelineId, baseRevision: 1, document: chatDocument("other") });
  await workspace.api.deployment.publish({ pipelineId, revision: 2, slug });
  const page = await workspace.api.deployment.page({ id });
  return { id, pipelineId, page };
};

describe("what went live", () => {
  it("is a history with who and when, in which one goes back and forth", async () => {
    const { id, pipelineId, page } = await publishTwice("back-and-forth");
    const [second, first] = page.changes;
    expect(page.changes).toMatchObject([
      { number: 2, reason: "publish", by: expect.stringMatching(/Person/), formerRevisionId: first?.revisionId },
      { number: 1, reason: "publish", by: expect.stringMatching(/Person/), formerRevisionId: null },
    ]);
    const [one = "", two = ""] = [first?.revisionId, second?.revisionId];
    expect(await workspace.api.deployment.rollBack({ id, revisionId: one, liveId: two })).toEqual({ id, number: 1 });
    expect(await workspace.api.deployment.get({ pipelineId })).toMatchObject({ revisionNumber: 1, upToDate: false });
    // Back again: what is undone is a change like any other.
    await workspace.api.deployment.rollBack({ id, revisionId: two, liveId: one });
    const { changes } = await workspace.api.deployment.page({ id });
    expect(changes.map(({ number, reason }) => `${number} ${reason}`)).toEqual([
      "2 roll-back",
      "1 roll-back",
      "2 publish",
      "1 publish",
    ]);
    const entries = await database.prisma.auditEntry.findMany({ where: { action: "deployment.roll-back" } });
    expect(entries.map(({ data }) => data)).toContainEqual({ slug: "back-and-forth", from: 2, revision: 1 });
  });

  it("does not change where something else went live meanwhile, was never live, or is so already", async () => {
    const { id, pipelineId, page } = await publishTwice("not-so-fast");
    const [second, first] = page.changes.map(({ revisionId }) => revisionId);
    const back = (revisionId = "", liveId = "") => workspace.api.deployment.rollBack({ id, revisionId, liveId });
    await expect(back(first, first)).rejects.toMatchObject({ code: "CONFLICT", details: { reason: "live-changed" } });
    await expect(back(second, second)).rejects.toMatchObject({ code: "CONFLICT" });
    const document = chatDocument("never published");
    await workspace.api.pipeline.save({ id: pipelineId, baseRevision: 2, document });
    const kept = await workspace.api.pipeline.keep({ id: pipelineId, revision: 3 });
    await expect(back(kept.id, second)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await workspace.api.deployment.get({ pipelineId })).toMatchObject({ revisionNumber: 2 });
  });
});

describe("what is counted", () => {
  it("are calls by the reader's days, errors by kind, latency and callers", async () => {
    const { id, pipelineId, page } = await publishTwice("counted");
    const key = await workspace.api.apiKey.create({ name: "Shop" });
    const { workspaceId } = workspace.owner;
    const run = (hoursAgo: number, durationMs: number, errorCode: string | null, apiKeyId: string) => ({
      id: randomUUID(),
      workspaceId,
      pipelineId,
      revisionId: page.revisionId,
      deploymentId: id,
      apiKeyId,
      trigger: "api" as const,
      status: errorCode === null ? ("success" as const) : ("failure" as const),
      startedAt: new Date(Date.now() - hoursAgo * hourMs),
      durationMs,
      errorCode,
    });
    await database.prisma.run.createMany({
      data: [
        ...Array.from({ length: 98 }, () => run(0, 100, null, key.id)),
        run(0, 2_000, "node-timeout", key.id),
        run(30, 3_000, "node-timeout", "gone"),
        run(24 * 40, 9_000, "internal", key.id),
      ],
    });
    const week = await workspace.api.deployment.statistics({ id, days: 7 });
    expect(week).toMatchObject({ calls: 100, failures: 2, p50: 100, keys: 2 });
    expect(week.p95).toBe(100);
    expect(week.errors).toMatchObject([{ code: "node-timeout", count: 2 }]);
    expect(week.callers).toMatchObject([
      { name: "Shop", calls: 99, failures: 1 },
      { name: null, calls: 1, failures: 1 },
    ]);
    expect(week.spans).toHaveLength(7);
    expect(week.spans.at(-1)).toMatchObject({ ok: 98, failed: 1 });
    const day = await workspace.api.deployment.statistics({ id, days: 1 });
    expect(day.spans).toHaveLength(24);
    expect(day).toMatchObject({ calls: 99, failures: 1 });
    // Whose day began earlier counts the same calls on other days.
    const ahead = await workspace.api.deployment.statistics({ id, days: 7, offsetMinutes: 840 });
    expect(ahead.spans.reduce((sum, { ok, failed }) => sum + ok + failed, 0)).toBe(100);
    expect(ahead.spans[0]?.at).not.toEqual(week.spans[0]?.at);
    const viewer = callerOf(database, { ...workspace.owner, role: "viewer" });
    expect(await viewer.deployment.statistics({ id, days: 30 })).toMatchObject({ calls: 100 });
  });
});
