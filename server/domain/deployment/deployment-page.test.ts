import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chatDocument, runWorkspace } from "@/server/domain/run/run-fixture";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";

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
