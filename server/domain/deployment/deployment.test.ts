import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyDocument } from "@/runtime/graph/document";
import { chatDocument, runWorkspace } from "@/server/domain/run/run-fixture";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { slug } from "./deployment.types";
import { putLive } from "./put-live";
import { slugOf } from "./suggest-slug";

let database: Database;
let workspace: Awaited<ReturnType<typeof runWorkspace>>;
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  database = await openTestDatabase();
  workspace = await runWorkspace(database, "http://127.0.0.1:9/v1", ["echo"]);
});
afterAll(() => database.close());

const audit = (subject: string) =>
  database.prisma.auditEntry.findMany({
    where: { subject },
    orderBy: { at: "asc" },
    select: { action: true, data: true },
  });

describe("publishing", () => {
  it("freezes the draft under an address, and says what a caller has to know", async () => {
    const pipelineId = await workspace.pipeline("echo");
    expect(await workspace.api.deployment.get({ pipelineId })).toBeNull();
    const deployment = await workspace.api.deployment.publish({ pipelineId, revision: 1, slug: "first-one" });
    expect(deployment).toEqual({
      id: expect.any(String),
      slug: "first-one",
      environment: "production",
      graphHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      active: true,
      url: "http://127.0.0.1:3000/api/v1/pipelines/first-one/runs",
      pipeline: { id: pipelineId, name: "With echo" },
      revisionNumber: 1,
      publishedAt: expect.any(Date),
      requestsLast24h: 0,
      upToDate: true,
      inputFields: [expect.objectContaining({ name: "q", kind: "text", required: true, maxLength: 100 })],
      outputs: [expect.objectContaining({ name: "answer" }), expect.objectContaining({ name: "raw" })],
    });
    expect(await workspace.api.deployment.get({ pipelineId })).toEqual(deployment);
    expect(await audit(`deployment:${deployment.id}`)).toEqual([
      { action: "deployment.publish", data: { slug: "first-one", revision: 1 } },
    ]);
  });

  it("again moves the one deployment to the new version, and to a new address where one is given", async () => {
    const pipelineId = await workspace.pipeline("echo");
    const before = await workspace.api.deployment.publish({ pipelineId, revision: 1, slug: "moves-from" });
    await workspace.api.pipeline.save({ id: pipelineId, baseRevision: 1, document: chatDocument("other") });
    expect(await workspace.api.deployment.get({ pipelineId })).toMatchObject({ upToDate: false, revisionNumber: 1 });
    const after = await workspace.api.deployment.publish({ pipelineId, revision: 2, slug: "moves-to" });
    expect(after).toMatchObject({ id: before.id, slug: "moves-to", revisionNumber: 2, upToDate: true });
    expect(await database.prisma.deployment.count({ where: { pipelineId } })).toBe(1);
  });

  it("lets nothing go live on the word of a gate that was asked before something else went live", async () => {
    const pipelineId = await workspace.pipeline("echo");
    const first = await workspace.api.deployment.publish({ pipelineId, revision: 1, slug: "asked-before" });
    const seen = await database.prisma.deployment.findUniqueOrThrow({ where: { id: first.id } });
    await workspace.api.pipeline.save({ id: pipelineId, baseRevision: 1, document: chatDocument("other") });
    const second = await workspace.api.deployment.publish({ pipelineId, revision: 2, slug: "asked-before" });
    const { workspaceId, revisionId } = seen;
    const wanted = {
      workspaceId,
      pipelineId,
      slug: "asked-late",
      revisionId,
      reason: "publish",
      userId: null,
    } as const;
    const late = putLive(database, { ...wanted, former: seen });
    await expect(late).rejects.toMatchObject({ code: "CONFLICT", details: { reason: "live-changed" } });
    await expect(putLive(database, { ...wanted, former: undefined })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await workspace.api.deployment.get({ pipelineId })).toEqual(second);
  });

  it("refuses an address that another has, in any workspace, and changes nothing", async () => {
    const pipelineId = await workspace.pipeline("echo");
    await workspace.api.deployment.publish({ pipelineId, revision: 1, slug: "taken-one" });
    const other = callerOf(database, await addMember(database, "owner"));
    const { id } = await other.pipeline.create({ name: "Theirs", document: chatDocument("echo") });
    await expect(other.deployment.publish({ pipelineId: id, revision: 1, slug: "taken-one" })).rejects.toMatchObject({
      code: "CONFLICT",
      details: { reason: "name-taken", fields: { slug: expect.any(String) } },
    });
    expect(await other.deployment.get({ pipelineId: id })).toBeNull();
  });

  it("refuses a draft that was changed meanwhile, one with errors, and one that would answer nothing", async () => {
    const pipelineId = await workspace.pipeline("echo");
    const document = chatDocument("echo");
    const publish = (revision: number) =>
      workspace.api.deployment.publish({ pipelineId, revision, slug: "never-live" });
    await workspace.api.pipeline.save({
      id: pipelineId,
      baseRevision: 1,
      document: { ...document, edges: document.edges.slice(1) },
    });
    await expect(publish(1)).rejects.toMatchObject({ code: "CONFLICT", details: { conflict: { revision: 2 } } });
    await expect(publish(2)).rejects.toMatchObject({
      details: { reason: "graph-invalid", diagnostics: expect.any(Array) },
    });
    await workspace.api.pipeline.save({ id: pipelineId, baseRevision: 2, document: emptyDocument });
    await expect(publish(3)).rejects.toMatchObject({
      details: { reason: "graph-invalid", diagnostics: [{ code: "output-missing" }] },
    });
    expect(await database.prisma.deployment.count({ where: { pipelineId } })).toBe(0);
  });

  it.each([["ab"], ["a".repeat(64)], ["Upper"], ["-a-b"], ["a--b"], ["a/b"], ["../x"], ["中文"], ["a b c"]])(
    "refuses the address %j",
    async (given) => {
      const pipelineId = await workspace.pipeline("echo");
      await expect(workspace.api.deployment.publish({ pipelineId, revision: 1, slug: given })).rejects.toMatchObject({
        code: "BAD_REQUEST",
      });
    },
  );
});

describe("the suggested address", () => {
  it.each([
    ["Complaint triage (PEEL)", "complaint-triage-peel"],
    ["Ünïcode & more", "unicode-more"],
    ["投诉分类", "pipeline"],
    ["A", "pipeline-a"],
    ["x".repeat(120), "x".repeat(58)],
  ])("of %j is %j, and fits", (name, expected) => {
    expect(slugOf(name)).toBe(expected);
    expect(slug.safeParse(expected).success).toBe(true);
  });

  it("is free, and stays what it is once published", async () => {
    const create = async () =>
      (await workspace.api.pipeline.create({ name: "Same name", document: chatDocument("echo") })).id;
    const [one, two] = [await create(), await create()];
    expect(await workspace.api.deployment.suggestSlug({ pipelineId: one })).toEqual({ slug: "same-name" });
    await workspace.api.deployment.publish({ pipelineId: one, revision: 1, slug: "same-name" });
    expect(await workspace.api.deployment.suggestSlug({ pipelineId: two })).toEqual({ slug: "same-name-2" });
    expect(await workspace.api.deployment.suggestSlug({ pipelineId: one })).toEqual({ slug: "same-name" });
  });
});

it("deployments are listed last published first, page by page, without those of removed pipelines", async () => {
  const own = await runWorkspace(database, "http://127.0.0.1:9/v1", ["echo"]);
  const published: string[] = [];
  for (const slug of ["list-one", "list-two", "list-three"]) {
    const pipelineId = await own.pipeline("echo");
    await own.api.deployment.publish({ pipelineId, revision: 1, slug });
    published.unshift(pipelineId);
  }
  const first = await own.api.deployment.list({ limit: 2 });
  expect(first.items.map(({ slug }) => slug)).toEqual(["list-three", "list-two"]);
  const second = await own.api.deployment.list({ limit: 2, cursor: first.nextCursor });
  expect(second).toMatchObject({ items: [{ slug: "list-one" }], nextCursor: null });
  await own.api.pipeline.remove({ id: published[0] ?? "", stopsApi: true });
  expect((await own.api.deployment.list({})).items.map(({ slug }) => slug)).toEqual(["list-two", "list-one"]);
});

it("pausing and resuming is written down", async () => {
  const pipelineId = await workspace.pipeline("echo");
  const { id } = await workspace.api.deployment.publish({ pipelineId, revision: 1, slug: "paused-one" });
  await workspace.api.deployment.setActive({ id, active: false });
  expect(await workspace.api.deployment.get({ pipelineId })).toMatchObject({ active: false });
  await workspace.api.deployment.setActive({ id, active: true });
  expect((await audit(`deployment:${id}`)).map(({ action }) => action)).toEqual([
    "deployment.publish",
    "deployment.pause",
    "deployment.resume",
  ]);
});

it("who called in the last day is named by key, most calls first, and nobody else's calls are told", async () => {
  const { prisma } = database;
  const pipelineId = await workspace.pipeline("echo");
  expect(await workspace.api.deployment.callers({ pipelineId })).toEqual({
    address: null,
    callers: [],
    calls: 0,
    keys: 0,
  });
  await workspace.api.deployment.publish({ pipelineId, revision: 1, slug: "called-one" });
  const { workspaceId, revisionId } = await prisma.deployment.findUniqueOrThrow({ where: { slug: "called-one" } });
  const key = async (name: string) => (await workspace.api.apiKey.create({ name })).id;
  const [shop, desk] = [await key("Web shop"), await key("Help desk")];
  const now = Date.now();
  const call = (apiKeyId: string, hoursAgo: number, trigger: "api" | "editor" = "api") => ({
    id: randomBytes(8).toString("hex"),
    workspaceId,
    pipelineId,
    revisionId,
    apiKeyId,
    trigger,
    status: "success" as const,
    startedAt: new Date(now - hoursAgo * 3_600_000),
  });
  const scheduled = ["schedule:a", "schedule:b", "schedule:b"].map((source) => call(source, 4));
  const others = Array.from({ length: 25 }, (_, index) => call(`gone-${index}`, 2));
  await prisma.run.createMany({
    data: [
      call(desk, 1),
      call(shop, 3),
      call(shop, 2),
      call(shop, 25),
      call(desk, 1, "editor"),
      ...scheduled,
      ...others,
    ],
  });
  const found = await workspace.api.deployment.callers({ pipelineId });
  expect(found).toMatchObject({ address: { slug: "called-one", active: true }, calls: 31, keys: 28 });
  expect(found.callers).toHaveLength(20);
  expect(found.callers[0]).toMatchObject({ name: null, source: "schedule", calls: 3 });
  expect(found.callers[1]).toEqual({
    name: "Web shop",
    prefix: expect.stringMatching(/^pw_/),
    source: null,
    calls: 2,
    lastAt: new Date(now - 2 * 3_600_000),
  });
  expect(found.callers[2]).toMatchObject({ name: "Help desk", calls: 1 });
  expect(found.callers[3]).toMatchObject({ name: null, prefix: null, source: null });
});
