import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalog } from "@/nodes";
import type { GraphDocument } from "@/runtime/graph/document";
import { compile } from "@/runtime/plan/compile";
import { buildDocument } from "@/runtime/testing/build-document";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";

let database: Database;
let api: ReturnType<typeof callerOf>;
let other: ReturnType<typeof callerOf>;
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  database = await openTestDatabase();
  api = callerOf(database, await addMember(database, "owner"));
  other = callerOf(database, await addMember(database, "owner"));
});
afterAll(async () => {
  await liveRunsOf(database).settled();
  await database.close();
});

const words = (template: string): GraphDocument =>
  buildDocument(
    {
      in: { type: "io/input", config: { fields: [{ name: "text" }] } },
      step: { type: "text/template", config: { template } },
      out: { type: "io/output", config: { outputs: [{ name: "answer", title: "" }] } },
    },
    ["in.text > step.text", "step.text > out.answer"],
  );
type Source = Awaited<ReturnType<typeof api.pipeline.stepSource>>;
const around = (id: string, { document, name, revisionId, number }: Source, follows: boolean): GraphDocument =>
  buildDocument(
    {
      in: { type: "io/input", config: { fields: [{ name: "text" }] } },
      sub: {
        type: "flow/sub-pipeline",
        config: { pipeline: { reference: id, name, revisionId, number, follows } },
        body: document,
      },
      out: { type: "io/output", config: { outputs: [{ name: "answer", title: "" }] } },
    },
    ["in.text > sub.text", "sub.answer > out.answer"],
  );
const published = async (template: string, slug: string) => {
  const { id } = await api.pipeline.create({ name: slug, document: words(template) });
  await api.deployment.publish({ pipelineId: id, revision: 1, slug });
  return id;
};
const answerOf = async (pipelineId: string, revision: number) => {
  const { runId } = await api.run.start({ pipelineId, revision, inputs: { text: "x" } });
  await liveRunsOf(database).get(runId)?.finished;
  const run = await api.run.get({ id: runId });
  return { run, end: run.events.at(-1), runId };
};

describe("a pipeline as a step of another", () => {
  it("runs the version that it is pinned to, or the one that is published, and is listed where it is used", async () => {
    const inner = await published("first {{text}}", "inner-a");
    const source = await api.pipeline.stepSource({ id: inner });
    expect(source).toMatchObject({ number: 1, isLive: true });
    const pinned = (await api.pipeline.create({ name: "Pinned", document: around(inner, source, false) })).id;
    const following = (await api.pipeline.create({ name: "Following", document: around(inner, source, true) })).id;
    await api.pipeline.save({ id: inner, baseRevision: 1, document: words("second {{text}}") });
    await api.deployment.publish({ pipelineId: inner, revision: 2, slug: "inner-a" });
    expect((await answerOf(pinned, 1)).end).toMatchObject({ outputs: { answer: "first x" } });
    const { run, end } = await answerOf(following, 1);
    expect(end).toMatchObject({ outputs: { answer: "second x" } });
    expect(run.document.nodes[1]?.config.pipeline).toMatchObject({ number: 2, follows: true });
    expect(run.events.some((event) => "path" in event && event.path.join("/") === "sub#0/step")).toBe(true);
    expect((await api.pipeline.usedBy({ id: inner })).map(({ name }) => name)).toEqual(["Following", "Pinned"]);
  });

  it("is frozen by publishing: what is published later changes nothing", async () => {
    const inner = await published("one {{text}}", "inner-b");
    const source = await api.pipeline.stepSource({ id: inner });
    const outer = (await api.pipeline.create({ name: "Outer", document: around(inner, source, true) })).id;
    await api.deployment.publish({ pipelineId: outer, revision: 1, slug: "outer-b" });
    await api.pipeline.save({ id: inner, baseRevision: 1, document: words("two {{text}}") });
    await api.deployment.publish({ pipelineId: inner, revision: 2, slug: "inner-b" });
    const { revisions, liveId } = await api.pipeline.revisions({ id: outer });
    const live = revisions.find(({ id }) => id === liveId);
    const { document } = await api.pipeline.revision({ id: outer, revisionId: live?.id ?? "" });
    expect(document.nodes[1]?.body?.nodes[1]?.config.template).toBe("one {{text}}");
  });

  it("is shown, compared and published as it would run now", async () => {
    const inner = await published("one {{text}}", "inner-g");
    const source = await api.pipeline.stepSource({ id: inner });
    const sent = around(inner, source, true);
    const outer = (await api.pipeline.create({ name: "Moved", document: sent })).id;
    const states = async () => {
      const { document, graphHash, deployment } = await api.pipeline.get({ id: outer });
      const { revisions, liveId } = await api.pipeline.revisions({ id: outer });
      return {
        body: document.nodes[1]?.body?.nodes[1]?.config.template,
        isSame: graphHash === deployment?.graphHash,
        upToDate: (await api.deployment.get({ pipelineId: outer }))?.upToDate,
        isDraft: revisions.find(({ id }) => id === liveId)?.isDraft,
      };
    };
    const moved = { isSame: false, upToDate: false, isDraft: false };
    const settled = { isSame: true, upToDate: true, isDraft: true };
    await api.deployment.publish({ pipelineId: outer, revision: 1, slug: "outer-g" });
    expect(await states()).toEqual({ body: "one {{text}}", ...settled });
    await api.pipeline.save({ id: inner, baseRevision: 1, document: words("two {{text}}") });
    await api.deployment.publish({ pipelineId: inner, revision: 2, slug: "inner-g" });
    expect(await states()).toEqual({ body: "two {{text}}", ...moved });
    const view = await api.deployment.publish({ pipelineId: outer, revision: 1, slug: "outer-g" });
    expect(await states()).toEqual({ body: "two {{text}}", ...settled });
    // A save from a page that was opened before says the hash of what would run.
    const saved = await api.pipeline.save({ id: outer, baseRevision: 1, document: sent });
    expect(saved.graphHash).toBe(view.graphHash);
    expect(await states()).toEqual({ body: "two {{text}}", ...settled });
    // Where an output is called otherwise now, the page sees the wire that leads nowhere, as a run does.
    const { nodes, ...rest } = words("three {{text}}");
    const renamed = nodes.map((node) =>
      node.id === "out" ? { ...node, config: { outputs: [{ name: "reply", title: "" }] } } : node,
    );
    const edges = rest.edges.map((edge) =>
      edge.to.node === "out" ? { ...edge, to: { node: "out", port: "reply" } } : edge,
    );
    await api.pipeline.save({ id: inner, baseRevision: 2, document: { ...rest, nodes: renamed, edges } });
    await api.deployment.publish({ pipelineId: inner, revision: 3, slug: "inner-g", confirmsBreaking: true });
    expect(await states()).toEqual({ body: "three {{text}}", ...moved });
    const { document } = await api.pipeline.get({ id: outer });
    expect(compile(document, catalog)).toMatchObject({ ok: false });
    await expect(api.run.start({ pipelineId: outer, revision: 2, inputs: { text: "x" } })).rejects.toThrow("errors");
  });

  it("can be opened where what its step runs is not to be had", async () => {
    const inner = await published("ours {{text}}", "inner-h");
    const sent = around(inner, await api.pipeline.stepSource({ id: inner }), true);
    const { id } = await other.pipeline.create({ name: "Theirs", document: sent });
    expect((await other.pipeline.get({ id })).document).toEqual(sent);
  });

  it("does not trust a body that is sent along, and refuses what another workspace has", async () => {
    const inner = await published("true {{text}}", "inner-c");
    const source = await api.pipeline.stepSource({ id: inner });
    const forged = around(inner, { ...source, document: words("forged {{text}}") }, false);
    const outer = (await api.pipeline.create({ name: "Forged", document: forged })).id;
    expect((await answerOf(outer, 1)).end).toMatchObject({ outputs: { answer: "true x" } });
    const foreign = (await other.pipeline.create({ name: "Theirs", document: around(inner, source, false) })).id;
    await expect(other.run.start({ pipelineId: foreign, revision: 1, inputs: { text: "x" } })).rejects.toThrow(
      "does not have",
    );
    await expect(
      other.pipeline.save({ id: foreign, baseRevision: 1, document: around(inner, source, true) }),
    ).rejects.toThrow("does not have");
    await expect(other.pipeline.stepSource({ id: inner })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(other.pipeline.usedBy({ id: inner })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("cannot run itself, neither directly nor through another", async () => {
    const first = await published("a {{text}}", "inner-d");
    const own = await api.pipeline.stepSource({ id: first });
    await expect(
      api.pipeline.save({ id: first, baseRevision: 1, document: around(first, own, false) }),
    ).rejects.toThrow("inside itself");
    const second = (await api.pipeline.create({ name: "Second", document: around(first, own, false) })).id;
    await api.deployment.publish({ pipelineId: second, revision: 1, slug: "inner-e" });
    await expect(api.pipeline.stepSource({ id: second, inside: first })).rejects.toThrow("inside itself");
    const through = await api.pipeline.stepSource({ id: second });
    const deeper = buildDocument(
      {
        in: { type: "io/input", config: { fields: [{ name: "list", kind: "json" }] } },
        map: { type: "flow/map", body: around(second, through, false) },
      },
      ["in.list > map.items"],
    );
    await expect(api.pipeline.save({ id: first, baseRevision: 1, document: deeper })).rejects.toThrow("inside itself");
  });

  it("has no version to run before there is one", async () => {
    const { id } = await api.pipeline.create({ name: "New", document: words("{{text}}") });
    await expect(api.pipeline.stepSource({ id })).rejects.toThrow("has no version yet");
  });
});

describe("running again what failed", () => {
  it("runs the one item that failed, in a map in a loop in a sub-pipeline, and takes the others from the run before", async () => {
    const item = buildDocument(
      {
        in: { type: "io/input", config: { fields: [{ name: "item", kind: "number" }] } },
        step: { type: "text/template", config: { template: "<{{item}}>" } },
        out: { type: "io/output", config: { outputs: [{ name: "list", title: "" }] } },
      },
      ["in.item > step.item", "step.text > out.list"],
    );
    const round = buildDocument(
      {
        in: { type: "io/input", config: { fields: [{ name: "list", kind: "json" }] } },
        map: { type: "flow/map", config: { onFailure: "collect", concurrency: 1 }, body: item },
        out: {
          type: "io/output",
          config: {
            outputs: [
              { name: "texts", title: "" },
              { name: "errors", title: "" },
            ],
          },
        },
      },
      ["in.list > map.items", "map.list > out.texts", "map.errors > out.errors"],
    );
    const inner = buildDocument(
      {
        in: { type: "io/input", config: { fields: [{ name: "list", kind: "json" }] } },
        loop: { type: "flow/loop", config: { maximum: 1 }, body: round },
        out: { type: "io/output", config: { outputs: [{ name: "answer", title: "" }] } },
      },
      ["in.list > loop.list", "loop.texts > out.answer"],
    );
    const made = (await api.pipeline.create({ name: "Inner", document: inner })).id;
    await api.deployment.publish({ pipelineId: made, revision: 1, slug: "inner-f" });
    const source = await api.pipeline.stepSource({ id: made });
    const outer = buildDocument(
      {
        in: { type: "io/input", config: { fields: [{ name: "list", kind: "json" }] } },
        sub: {
          type: "flow/sub-pipeline",
          config: {
            pipeline: {
              reference: made,
              name: source.name,
              revisionId: source.revisionId,
              number: source.number,
              follows: false,
            },
          },
          body: source.document,
        },
        out: { type: "io/output", config: { outputs: [{ name: "answer", title: "" }] } },
      },
      ["in.list > sub.list", "sub.answer > out.answer"],
    );
    const { id } = await api.pipeline.create({ name: "Outer", document: outer });
    const { runId } = await api.run.start({ pipelineId: id, revision: 1, inputs: { list: [1, "two", 3] } });
    await liveRunsOf(database).get(runId)?.finished;
    expect((await readRunLog(database, runId)).at(-1)).toMatchObject({ outputs: { answer: ["<1>", "<3>"] } });
    const again = await api.run.retry({ id: runId });
    await liveRunsOf(database).get(again.runId)?.finished;
    const events = await readRunLog(database, again.runId);
    const started = events.flatMap((event) => (event.type === "node-start" ? [event.path.join("/")] : []));
    expect(started).toContain("sub#0/loop#0/map#1");
    expect(started).not.toContain("sub#0/loop#0/map#0");
    expect(started).not.toContain("sub#0/loop#0/map#2");
    expect(events.at(-1)).toMatchObject({ outputs: { answer: ["<1>", "<3>"] } });
    await expect(
      api.run.retry({ id: (await answerOf(await published("{{text}}", "whole"), 1)).runId }),
    ).rejects.toThrow("Nothing of this run can be taken over");
    await expect(other.run.retry({ id: runId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
