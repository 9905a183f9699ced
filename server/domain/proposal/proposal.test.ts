import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyContent } from "@/nodes/lib/prompt/prompt-content";
import { gateSpec } from "@/runtime/eval/gate/gate-spec";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { type Evaluation, startEvaluation } from "@/server/domain/experiment/evaluation-fixture";
import { questionDocument } from "@/server/domain/experiment/experiment-fixture";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { jobWhen } from "@/server/platform/job/job-fixture";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";

let database: Evaluation["database"];
let workspace: Evaluation["workspace"];
let stop: Evaluation["stop"];
let server: FakeOpenAiServer;
let analyst: ReturnType<typeof callerOf>;
beforeAll(async () => {
  server = await startFakeOpenAiServer();
  ({ database, workspace, stop } = await startEvaluation(server.baseUrl, ["echo"]));
  analyst = callerOf(database, await addMember(database, "editor", workspace.owner.workspaceId));
});
afterAll(async () => {
  await stop();
  await server.close();
});

const words = { node: "ask", field: "user" };
const say = (user: string) => ({ ...emptyContent, user });
const ended = async (runId: string) => {
  await liveRunsOf(database).get(runId)?.finished;
  return runId;
};

/** A live pipeline that follows the label production of a prompt; its words are open for change. */
const published = async (name: string) => {
  const { api } = workspace;
  const slug = name.toLowerCase().replaceAll(" ", "-");
  const { id: promptId } = await api.prompt.create({ name, kind: "text", content: say("{{question}}!") });
  const plain = questionDocument("echo");
  const { id: pipelineId } = await api.pipeline.create({
    name,
    document: {
      ...plain,
      nodes: plain.nodes.map((node) =>
        node.id === "ask"
          ? { ...node, config: { ...node.config, prompt: { reference: promptId, label: "production" } } }
          : node,
      ),
    },
  });
  const { id } = await api.deployment.publish({ pipelineId, revision: 1, slug });
  await api.deployment.setFollow({ id, follows: true });
  await api.proposal.setOpen({ pipelineId, fields: [words] });
  return { promptId, pipelineId, slug };
};
/** A live pipeline whose step has words of its own. */
const ownWords = async (name: string, open = [words]) => {
  const { id: pipelineId } = await workspace.api.pipeline.create({ name, document: questionDocument("echo") });
  await workspace.api.proposal.setOpen({ pipelineId, fields: open });
  return pipelineId;
};
const liveText = async (slug: string) => {
  const { revision } = await database.prisma.deployment.findUniqueOrThrow({
    where: { slug },
    include: { revision: true },
  });
  return readStoredDocument(revision.document).nodes.find(({ id }) => id === "ask")?.config.user;
};
const settled = async () => {
  const [job] = await database.prisma.job.findMany({ orderBy: { createdAt: "desc" }, take: 1 });
  await jobWhen(database, job?.id ?? "");
};
const refused = (reason: string) => ({ details: { reason } });

describe("a proposal", () => {
  it("goes from tried words to a version, through the gate of a protected label, to what is live", async () => {
    const { api } = workspace;
    const { promptId, pipelineId, slug } = await published("Goes live");
    await api.gate.set({
      pipelineId,
      datasetId: await workspace.dataset(60, "Goes live"),
      spec: gateSpec.parse({
        scorers: [{ id: "same", type: "text/exact" }],
        requirements: [{ metric: "same.match", margin: null, floor: 0.5 }],
      }),
    });
    await api.prompt.protectLabel({ id: promptId, name: "production", protected: true });

    const desk = await analyst.proposal.desk({ pipelineId });
    expect(desk).toMatchObject({
      live: { slug, isBase: true },
      inputs: [{ name: "question" }],
      fields: [{ ...words, value: "{{question}}!", prompt: { promptId, label: "production", version: 1 } }],
    });
    const inputs = { question: "why" };
    const better = [{ ...words, value: "{{question}}" }];
    const before = await ended((await analyst.proposal.try({ pipelineId, changes: [], inputs })).runId);
    const after = await ended((await analyst.proposal.try({ pipelineId, changes: better, inputs })).runId);
    const cases = [{ wanted: "why", before, after }];
    const { id } = await analyst.proposal.create({
      pipelineId,
      changes: better,
      note: "No exclamation mark.",
      cases,
      wrong: { runId: before, correction: "why" },
    });
    await settled();
    const seen = await api.proposal.get({ id });
    expect(seen).toMatchObject({
      state: "open",
      changes: [{ ...words, before: "{{question}}!", after: "{{question}}" }],
      prompt: { label: "production", parent: 1, number: 2, now: 1, isProtected: true },
      cases: [{ asked: "why", wanted: "why", before: { text: "why!" }, after: { text: "why" } }],
      gate: { check: { state: "passed" } },
      followers: [{ slug, state: "moves" }],
      hindrance: null,
    });
    expect((await api.run.get({ id: before })).feedback).toEqual({ rating: "bad", correction: "why" });
    expect((await analyst.proposal.get({ id })).hindrance).toBe("own");
    await expect(analyst.proposal.accept({ id })).rejects.toMatchObject(refused("role-too-low"));
    expect(await liveText(slug)).toBe("{{question}}!");

    expect(await api.proposal.accept({ id })).toMatchObject({ moved: [slug], held: [], draft: false });
    expect(await liveText(slug)).toBe("{{question}}");
    expect((await api.prompt.get({ id: promptId })).labels[0]).toMatchObject({ name: "production", number: 2 });
    await expect(api.proposal.accept({ id })).rejects.toMatchObject(refused("answered"));
    await expect(api.proposal.decline({ id, reason: "no" })).rejects.toMatchObject(refused("answered"));
  });

  it("that fails its gate moves nothing, and stays open", async () => {
    const { api } = workspace;
    const { promptId, pipelineId, slug } = await published("Fails its gate");
    await api.gate.set({
      pipelineId,
      datasetId: await workspace.dataset(60, "Fails"),
      spec: gateSpec.parse({
        scorers: [{ id: "same", type: "text/exact" }],
        requirements: [{ metric: "same.match", margin: null, floor: 0.5 }],
      }),
    });
    await api.prompt.protectLabel({ id: promptId, name: "production", protected: true });
    const { id } = await analyst.proposal.create({ pipelineId, changes: [{ ...words, value: "{{question}}!!" }] });
    await settled();
    expect(await api.proposal.get({ id })).toMatchObject({
      gate: { check: { state: "not-passed" } },
      hindrance: "gate",
    });
    await expect(api.proposal.accept({ id })).rejects.toMatchObject(refused("gate-not-passed"));
    expect(await liveText(slug)).toBe("{{question}}!");
    expect((await api.proposal.get({ id })).state).toBe("open");
    expect((await api.proposal.list({ pipelineId, state: "open" })).items).toMatchObject([{ id, fields: 1 }]);
    await api.proposal.decline({ id, reason: "Two marks are worse." });
    expect(await api.proposal.get({ id })).toMatchObject({ state: "declined", reason: "Two marks are worse." });
  });

  it("does not take back what somebody else moved or wrote meanwhile", async () => {
    const { api } = workspace;
    const { promptId, pipelineId } = await published("Moved meanwhile");
    const { id } = await analyst.proposal.create({ pipelineId, changes: [{ ...words, value: "{{question}}?" }] });
    await api.prompt.saveVersion({ id: promptId, parent: 1, newest: 2, content: say("{{question}} please") });
    await api.promptLabel.move({ id: promptId, name: "production", number: 3, from: 1 });
    await expect(api.proposal.accept({ id })).rejects.toMatchObject(refused("label-moved"));
    expect((await api.prompt.get({ id: promptId })).labels[0]?.number).toBe(3);

    const own = await ownWords("Written meanwhile");
    const other = await analyst.proposal.create({ pipelineId: own, changes: [{ ...words, value: "{{question}}?" }] });
    await api.pipeline.save({ id: own, baseRevision: 1, document: questionDocument("echo", "{{question}}.") });
    await expect(api.proposal.accept({ id: other.id })).rejects.toMatchObject(refused("stale-revision"));
    expect((await api.proposal.get({ id: other.id })).state).toBe("open");
  });

  it("puts a step's own words into the draft, and keeps the draft that was there", async () => {
    const { api } = workspace;
    const pipelineId = await ownWords("Own words");
    const { id } = await analyst.proposal.create({ pipelineId, changes: [{ ...words, value: "{{question}}?" }] });
    expect(await api.proposal.accept({ id })).toMatchObject({ draft: true, moved: [] });
    const { document } = await api.pipeline.get({ id: pipelineId });
    expect(document.nodes.find((node) => node.id === "ask")?.config.user).toBe("{{question}}?");
    const { revisions } = await api.pipeline.revisions({ id: pipelineId });
    expect(revisions.some(({ reason }) => reason === "before-ship")).toBe(true);
  });

  it("is of open settings alone, of something new, of words that run, and of answers to those words", async () => {
    const pipelineId = await ownWords("Strict");
    const propose = (changes: Parameters<typeof analyst.proposal.create>[0]["changes"], more = {}) =>
      analyst.proposal.create({ pipelineId, changes, ...more });
    await expect(propose([{ node: "ask", field: "model", value: "fake/other" }])).rejects.toMatchObject(
      refused("input-invalid"),
    );
    await expect(propose([{ ...words, value: "{{question}}" }])).rejects.toMatchObject(refused("input-invalid"));
    await expect(propose([{ ...words, value: "{{nobody}}" }])).rejects.toMatchObject(refused("graph-invalid"));
    await expect(propose([{ ...words, value: 7 }])).rejects.toMatchObject(refused("graph-invalid"));
    const inputs = { question: "q" };
    const tried = await analyst.proposal.try({ pipelineId, changes: [{ ...words, value: "A {{question}}" }], inputs });
    const after = await ended(tried.runId);
    const cases = [{ wanted: "", before: null, after }];
    await expect(propose([{ ...words, value: "B {{question}}" }], { cases })).rejects.toMatchObject(
      refused("input-invalid"),
    );
    expect((await analyst.proposal.list({ pipelineId })).items).toEqual([]);
    await expect(
      workspace.api.proposal.setOpen({ pipelineId, fields: [{ node: "ask", field: "model" }] }),
    ).rejects.toMatchObject(refused("input-invalid"));
  });

  it("is withdrawn by whoever made it, and decided by one of two who decide at once", async () => {
    const pipelineId = await ownWords("Twice");
    const propose = (value: string) => analyst.proposal.create({ pipelineId, changes: [{ ...words, value }] });
    const first = await propose("{{question}}1");
    await expect(workspace.api.proposal.withdraw({ id: first.id })).rejects.toMatchObject(refused("role-too-low"));
    await analyst.proposal.withdraw({ id: first.id });
    const second = await propose("{{question}}2");
    const both = await Promise.allSettled([
      workspace.api.proposal.accept({ id: second.id }),
      workspace.api.proposal.decline({ id: second.id, reason: "no" }),
    ]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});
