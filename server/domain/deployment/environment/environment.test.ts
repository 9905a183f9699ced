import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { GraphDocument } from "@/runtime/graph/document";
import { publishedFixture } from "@/server/api/http/published/published-fixture";
import { makeDataset } from "@/server/domain/dataset/create-dataset";
import { chatDocument } from "@/server/domain/run/run-fixture";
import { environmentLimits } from "./environment.types";

let house: Awaited<ReturnType<typeof publishedFixture>>;
beforeAll(async () => {
  house = await publishedFixture(["echo", "other"]);
});
afterAll(() => house.close());

const name = (words: string) => `${words}-${randomBytes(4).toString("hex")}`;
const staged = async (document: GraphDocument = chatDocument("echo")) => {
  const { id: pipelineId } = await house.api.pipeline.create({ name: "Staged", document });
  const { slug } = await house.api.deployment.suggestSlug({ pipelineId, environment: "staging" });
  const deployment = await house.api.deployment.publish({ pipelineId, revision: 1, slug, environment: "staging" });
  return { pipelineId, deployment };
};
const save = (pipelineId: string, baseRevision: number, document: GraphDocument) =>
  house.api.pipeline.save({ id: pipelineId, baseRevision, document });
const live = (id: string) => house.database.prisma.deployment.findUniqueOrThrow({ where: { id } });
const withOutputs = (...names: readonly string[]): GraphDocument => {
  const document = chatDocument("echo");
  return {
    ...document,
    nodes: document.nodes.map((node) =>
      node.id === "answer" ? { ...node, config: { outputs: names.map((each) => ({ name: each })) } } : node,
    ),
    edges: document.edges.filter(({ to }) => to.node !== "answer" || names.includes(to.port)),
  };
};

describe("a pipeline in several environments", () => {
  it("is published to staging first, and goes to production as it is there, with who, when, why and from where", async () => {
    const { pipelineId, deployment } = await staged();
    expect(deployment).toMatchObject({ environment: "staging", slug: expect.stringMatching(/-staging/) });
    expect(await house.api.deployment.get({ pipelineId })).toBeNull();
    // What "live" means to steps and experiments is production.
    expect((await house.api.pipeline.revisions({ id: pipelineId })).liveId).toBeNull();
    const seen = await house.api.deployment.comparePromotion({ id: deployment.id, environment: "production" });
    expect(seen).toMatchObject({ number: 1, live: null, breaking: [], isGuarded: true });
    const { revisionId } = seen;
    const asked = { id: deployment.id, environment: "production", revisionId, liveId: null };
    await expect(house.api.deployment.promote(asked)).rejects.toMatchObject({
      details: { fields: { slug: expect.any(String) } },
    });
    const slug = name("goes-live");
    const promoted = await house.api.deployment.promote({ ...asked, slug, note: "It was right on Monday." });
    expect(promoted).toMatchObject({ slug, number: 1 });
    expect(promoted.id).not.toBe(deployment.id);
    const { changes } = await house.api.deployment.page({ id: promoted.id });
    expect(changes).toEqual([
      expect.objectContaining({
        reason: "promote",
        origin: "staging",
        note: "It was right on Monday.",
        number: 1,
        gate: null,
      }),
    ]);
    expect((await house.post(slug, { inputs: { q: "Hi" } })).status).toBe(200);
    await expect(house.api.deployment.promote({ ...asked, liveId: revisionId })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await expect(house.api.deployment.promote({ ...asked, environment: "staging" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
    // The draft moves on in staging alone.
    await save(pipelineId, 1, chatDocument("other"));
    await house.api.deployment.publish({ pipelineId, revision: 2, slug: deployment.slug, environment: "staging" });
    expect((await live(promoted.id)).revisionId).toBe(revisionId);
    await expect(house.api.deployment.promote({ ...asked, liveId: revisionId, slug })).rejects.toMatchObject({
      details: { reason: "live-changed" },
    });
  });

  it("asks its gate on the way to users, not on the way to staging, and never on the way back", async () => {
    const { pipelineId, deployment } = await staged();
    const datasetId = (
      await makeDataset(house.database, house.owner.workspaceId, {
        name: name("rows"),
        columns: [
          { name: "q", role: "input", kind: "text" },
          { name: "wanted", role: "expected", kind: "text" },
        ],
      })
    ).id;
    await house.api.dataset.addRows({ id: datasetId, rows: [{ inputs: { q: "a" }, expected: { wanted: "a" } }] });
    await save(pipelineId, 1, chatDocument("other"));
    const slug = name("gated");
    await house.api.deployment.publish({ pipelineId, revision: 2, slug });
    await save(pipelineId, 2, chatDocument("echo"));
    const third = await house.api.deployment.publish({ pipelineId, revision: 3, slug });
    await house.api.gate.set({
      pipelineId,
      datasetId,
      spec: {
        scorers: [{ id: "same", type: "text/exact", output: "answer" }],
        requirements: [{ metric: "same.match", margin: 0.1, floor: null, ceiling: null }],
      } as never,
    });
    await save(pipelineId, 3, withOutputs("answer", "raw"));
    const { changes, revisionId } = await house.api.deployment.page({ id: third.id });
    const [, before] = changes;
    await house.api.deployment.rollBack({ id: third.id, revisionId: before?.revisionId ?? "", liveId: revisionId });
    expect((await live(third.id)).revisionId).toBe(before?.revisionId);
    await save(pipelineId, 4, chatDocument("third"));
    const again = { pipelineId, revision: 5, slug: deployment.slug };
    await house.api.deployment.publish({ ...again, environment: "staging" });
    await expect(house.api.deployment.publish({ ...again, slug })).rejects.toMatchObject({
      details: { reason: "gate-not-passed" },
    });
    const { revisionId: inStaging } = await live(deployment.id);
    const liveId = (await live(third.id)).revisionId;
    const up = { id: deployment.id, revisionId: inStaging, environment: "production", liveId };
    await expect(house.api.deployment.promote(up)).rejects.toMatchObject({ details: { reason: "gate-not-passed" } });
  });

  it("fills inputs that callers leave out with the variables of its environment, and calls the models that are bound there", async () => {
    const environment = name("eu");
    const { id: pipelineId } = await house.api.pipeline.create({ name: "Bound", document: chatDocument("echo") });
    const slug = name("bound");
    await house.api.deployment.publish({ pipelineId, revision: 1, slug, environment });
    expect((await house.post(slug, { inputs: {} })).status).toBe(400);
    await house.api.deployment.setEnvironment({
      name: environment,
      variables: { q: "from the environment", unused: 3 },
      bindings: { "fake/echo": "fake/other" },
    });
    expect((await house.post(slug, { inputs: {} })).status).toBe(200);
    const sent = JSON.stringify(house.server.requests.at(-1));
    expect(sent).toContain("from the environment");
    expect(sent).toContain('"model":"other"');
    expect((await house.post(slug, { inputs: { q: "from the caller" } })).status).toBe(200);
    expect(JSON.stringify(house.server.requests.at(-1))).toContain("from the caller");
    // In the background, too, where the process that takes it up knows only its row.
    const accepted = await (await house.post(slug, { inputs: { q: "later" }, background: true })).json();
    await vi.waitFor(async () => {
      const { status } = await (await house.get(slug, accepted.runId)).json();
      expect(status).toBe("success");
    }, 20_000);
    expect(JSON.stringify(house.server.requests.at(-1))).toContain('"model":"other"');
    expect(await house.api.deployment.environments()).toContainEqual(
      expect.objectContaining({ name: environment, deployments: 1, bindings: { "fake/echo": "fake/other" } }),
    );
  });

  it("refuses names, variables and bindings beyond their bounds", async () => {
    const set = (more: object) =>
      house.api.deployment.setEnvironment({ name: "staging", variables: {}, bindings: {}, ...more });
    const many = Object.fromEntries(
      Array.from({ length: environmentLimits.variables + 1 }, (_, index) => [`v${index}`, 1]),
    );
    await expect(set({ variables: many })).rejects.toThrow();
    await expect(set({ variables: { a: "x".repeat(environmentLimits.valueCharacters + 1) } })).rejects.toThrow();
    await expect(set({ variables: { a: { b: 1 } } })).rejects.toThrow();
    await expect(set({ bindings: { "no model": "fake/echo" } })).rejects.toThrow();
    for (const bad of ["", "Production", "a b", "-a", "x".repeat(33)])
      await expect(set({ name: bad })).rejects.toThrow();
  });
});

describe("a change that breaks callers", () => {
  it("is named and has to be confirmed, to publish as to promote, and is no hindrance on the way back", async () => {
    const { id: pipelineId } = await house.api.pipeline.create({
      name: "Breaks",
      document: withOutputs("answer", "raw"),
    });
    const slug = name("breaks");
    const first = await house.api.deployment.publish({ pipelineId, revision: 1, slug });
    await save(pipelineId, 1, withOutputs("answer"));
    const publish = (confirmsBreaking: boolean, environment = "production", at = slug) =>
      house.api.deployment.publish({ pipelineId, revision: 2, slug: at, environment, confirmsBreaking });
    await expect(publish(false)).rejects.toMatchObject({
      code: "PRECONDITION_FAILED",
      message: expect.stringContaining('"raw" is no longer answered'),
      details: { reason: "breaking-change", breaking: [{ code: "output-removed", name: "raw" }] },
    });
    expect((await live(first.id)).revisionId).toBe((await house.api.deployment.page({ id: first.id })).revisionId);
    // In an environment of its own there is nobody to break.
    const inStaging = await publish(false, "staging", name("breaks-not"));
    const { revisionId } = await live(inStaging.id);
    const liveId = (await live(first.id)).revisionId;
    const up = { id: inStaging.id, environment: "production", revisionId, liveId };
    await expect(house.api.deployment.promote(up)).rejects.toMatchObject({ details: { reason: "breaking-change" } });
    await house.api.deployment.promote({ ...up, confirmsBreaking: true });
    await house.api.deployment.rollBack({ id: first.id, revisionId: liveId, liveId: revisionId });
    expect((await live(first.id)).revisionId).toBe(liveId);
  });
});

describe("a version that a caller asks for", () => {
  it("answers while it is kept, by header, body and the model's name, and its run says which it was", async () => {
    const { id: pipelineId } = await house.api.pipeline.create({ name: "Asked", document: chatDocument("echo") });
    const slug = name("asked");
    await house.api.deployment.publish({ pipelineId, revision: 1, slug });
    await save(pipelineId, 1, chatDocument("other"));
    await house.api.deployment.publish({ pipelineId, revision: 2, slug });
    const model = () => JSON.parse(JSON.stringify(house.server.requests.at(-1))).body?.model;
    const numberOf = async (runId: string) => (await house.api.run.get({ id: runId })).summary.revisionNumber;
    const inputs = { q: "Hi" };
    const plain = await house.post(slug, { inputs });
    expect([plain.headers.get("x-pipewright-version"), model()]).toEqual([null, "other"]);
    for (const answer of [
      await house.post(slug, { inputs }, { "x-pipewright-version": "1" }),
      await house.post(slug, { inputs, version: 1 }),
    ]) {
      expect(answer.status).toBe(200);
      expect([answer.headers.get("x-pipewright-version"), model()]).toEqual(["1", "echo"]);
      const { runId } = await answer.json();
      await vi.waitFor(async () => expect(await numberOf(runId)).toBe(1), 10_000);
    }
    const chat = (asked: string) =>
      fetch(`${house.origin}/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${house.key}`, "content-type": "application/json" },
        body: JSON.stringify({ model: asked, messages: [{ role: "user", content: "Hi" }] }),
      });
    const answered = await chat(`${slug}@1`);
    expect([answered.status, (await answered.json()).model, model()]).toEqual([200, `${slug}@1`, "echo"]);
    expect((await chat(`${slug}@9`)).status).toBe(404);
    expect((await house.post(slug, { inputs, version: 7 })).status).toBe(404);
    expect((await house.post(slug, { inputs, version: 0 })).status).toBe(400);
    expect((await house.post(slug, { inputs, version: 2 }, { "x-pipewright-version": "1" })).status).toBe(400);
    for (const bad of ["", "one", "1.5", "-1", "99999999999"])
      expect((await house.post(slug, { inputs }, { "x-pipewright-version": bad })).status).toBe(400);
    // The same key of idempotency with another version is another request.
    const keyed = { "idempotency-key": name("key") };
    expect((await house.post(slug, { inputs, version: 1 }, keyed)).status).toBe(200);
    expect((await house.post(slug, { inputs, version: 2 }, keyed)).status).toBe(422);
  });
});
