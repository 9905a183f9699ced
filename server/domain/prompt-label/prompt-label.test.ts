import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyContent } from "@/nodes/lib/prompt/prompt-content";
import { gateSpec } from "@/runtime/eval/gate/gate-spec";
import type { GraphDocument } from "@/runtime/graph/document";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { type Evaluation, startEvaluation } from "@/server/domain/experiment/evaluation-fixture";
import { questionDocument } from "@/server/domain/experiment/experiment-fixture";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import { jobWhen } from "@/server/platform/job/job-fixture";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";

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

const say = (user: string) => ({ ...emptyContent, user });

/** A published pipeline whose step holds the prompt by its label production; the model says again what it is asked. */
const published = async (promptId: string, slug: string, follows: boolean) => {
  const plain = questionDocument("echo", "{{question}}");
  const prompt = { reference: promptId, label: "production" };
  const document: GraphDocument = {
    ...plain,
    nodes: plain.nodes.map((node) =>
      node.type === "prompt/chat" ? { ...node, config: { ...node.config, prompt } } : node,
    ),
  };
  const { id: pipelineId } = await workspace.api.pipeline.create({ name: slug, document });
  const { id } = await workspace.api.deployment.publish({ pipelineId, revision: 1, slug });
  if (follows) await workspace.api.deployment.setFollow({ id, follows });
  return { id, pipelineId };
};
const liveText = async (slug: string) => {
  const { revision } = await database.prisma.deployment.findUniqueOrThrow({
    where: { slug },
    include: { revision: true },
  });
  return readStoredDocument(revision.document).nodes.find(({ type }) => type === "prompt/chat")?.config.user;
};
const versions = async (name: string, ...texts: string[]) => {
  const { id } = await workspace.api.prompt.create({ name, kind: "text", content: say(texts[0] ?? "") });
  for (const [index, text] of texts.slice(1).entries())
    await workspace.api.prompt.saveVersion({ id, parent: index + 1, newest: index + 1, content: say(text) });
  return id;
};

describe("moving a label", () => {
  it("takes along what follows and nothing else, by whatever it is included, and says where it is used", async () => {
    const { api } = workspace;
    const tone = await versions("Tone", "Kind.", "Short.");
    const id = await versions("Asks", "{{question}} {{> tone}}", "{{question}} please {{> tone}}");
    const follower = await published(id, "follows-it", true);
    await published(id, "stays", false);
    const plan = await api.promptLabel.plan({ id, name: "production", number: 2 });
    expect(plan).toMatchObject({ from: 1, gone: [], added: [], followers: [{ slug: "follows-it", state: "moves" }] });
    expect(await api.promptLabel.move({ id, name: "production", number: 2, from: 1 })).toMatchObject({
      moved: ["follows-it"],
      held: [],
    });
    expect(await liveText("follows-it")).toBe("{{question}} please Kind.");
    expect(await liveText("stays")).toBe("{{question}} Kind.");
    const page = await api.deployment.page({ id: follower.id });
    expect(page).toMatchObject({ followsPrompts: true, holdsLabels: true });
    expect(page.changes.map(({ reason }) => reason)).toEqual(["label", "publish"]);

    expect(await api.promptLabel.move({ id: tone, name: "production", number: 2, from: 1 })).toMatchObject({
      moved: ["follows-it"],
    });
    expect(await liveText("follows-it")).toBe("{{question}} please Short.");
    const used = await api.promptLabel.usedBy({ id });
    expect(used.pipelines.map(({ name, steps }) => [name, steps.length])).toEqual([
      ["follows-it", 1],
      ["stays", 1],
    ]);
    expect(used.deployments.map(({ slug, versions: held }) => [slug, held])).toEqual([
      ["follows-it", [{ number: 2, label: "production" }]],
      ["stays", [{ number: 1, label: "production" }]],
    ]);
    expect((await api.promptLabel.usedBy({ id: tone })).prompts).toMatchObject([{ name: "Asks", at: "production" }]);
    await expect(api.promptLabel.move({ id, name: "production", number: null, from: 2 })).rejects.toMatchObject({
      details: { reason: "in-use" },
    });
  });

  it("leaves alone what would break: variables that vanish under it are named", async () => {
    const id = await versions("Renames", "{{question}}", "{{frage}}");
    await published(id, "would-break", true);
    const plan = await workspace.api.promptLabel.plan({ id, name: "production", number: 2 });
    expect(plan).toMatchObject({
      gone: ["question"],
      added: ["frage"],
      followers: [{ slug: "would-break", state: "broken", reason: expect.stringMatching(/question|frage/) }],
    });
    expect(await workspace.api.promptLabel.move({ id, name: "production", number: 2, from: 1 })).toMatchObject({
      moved: [],
      held: [{ slug: "would-break", state: "broken" }],
    });
    expect(await liveText("would-break")).toBe("{{question}}");
  });

  it("names variables that come with what is included", async () => {
    await versions("Mood", "Be {{mood}}.");
    const id = await versions("With mood", "{{question}}", "{{question}} {{> mood}}");
    const plan = await workspace.api.promptLabel.plan({ id, name: "production", number: 2 });
    expect(plan).toMatchObject({ gone: [], added: ["mood"] });
  });

  it("leaves a paused address paused, and says so before", async () => {
    const { api } = workspace;
    const id = await versions("Paused", "{{question}}", "{{question}} please");
    const { id: deploymentId } = await published(id, "paused-follower", true);
    await api.deployment.setActive({ id: deploymentId, active: false });
    const plan = await api.promptLabel.plan({ id, name: "production", number: 2 });
    expect(plan.followers).toMatchObject([{ slug: "paused-follower", active: false, state: "moves" }]);
    expect(await api.promptLabel.move({ id, name: "production", number: 2, from: 1 })).toMatchObject({
      moved: ["paused-follower"],
    });
    expect(await database.prisma.deployment.findUniqueOrThrow({ where: { slug: "paused-follower" } })).toMatchObject({
      active: false,
    });
    expect(await liveText("paused-follower")).toBe("{{question}} please");
  });

  it("moves nothing where it is interrupted between the label and what follows", async () => {
    const { api } = workspace;
    const id = await versions("Interrupted", "{{question}}", "{{question}} please");
    const { id: deploymentId } = await published(id, "interrupted-follower", true);
    // The database fails as it writes down what went live, behind the label and the deployment.
    await database.prisma.$executeRawUnsafe(
      `ALTER TABLE "DeploymentChange" ADD CONSTRAINT fails CHECK ("deploymentId" <> '${deploymentId}' OR "reason" <> 'label')`,
    );
    const move = { id, name: "production", number: 2, from: 1 };
    await expect(api.promptLabel.move(move)).rejects.toThrow();
    await database.prisma.$executeRawUnsafe('ALTER TABLE "DeploymentChange" DROP CONSTRAINT fails');
    expect((await api.prompt.get({ id })).labels[0]?.number).toBe(1);
    expect(await liveText("interrupted-follower")).toBe("{{question}}");
    expect(await api.promptLabel.move(move)).toMatchObject({ moved: ["interrupted-follower"] });
  });

  it("that is protected goes through the gates: only an owner moves it, and only where all pass", async () => {
    const { api } = workspace;
    const id = await versions("Gated", "{{question}}", "{{question}} please", "{{question}} ");
    const { pipelineId } = await published(id, "gated-follower", true);
    await api.gate.set({
      pipelineId,
      datasetId: await workspace.dataset(60),
      spec: gateSpec.parse({
        scorers: [{ id: "same", type: "text/exact" }],
        requirements: [{ metric: "same.match", margin: 0.05, floor: 0.5 }],
      }),
    });
    await api.prompt.protectLabel({ id, name: "production", protected: true });
    const editor = callerOf(database, await addMember(database, "editor", workspace.owner.workspaceId));
    const refused = { details: { reason: "gate-not-passed" } };
    const move = { id, name: "production", number: 2, from: 1 };
    await expect(editor.promptLabel.move(move)).rejects.toMatchObject({ details: { reason: "role-too-low" } });
    await expect(api.promptLabel.move(move)).rejects.toMatchObject(refused);
    const check = async (number: number) => {
      const { begun } = await api.promptLabel.check({ id, name: "production", number });
      expect(begun).toEqual(["gated-follower"]);
      const [job] = await database.prisma.job.findMany({ orderBy: { createdAt: "desc" }, take: 1 });
      await jobWhen(database, job?.id ?? "");
      return (await api.promptLabel.plan({ id, name: "production", number })).followers[0]?.state;
    };
    expect(await check(2)).toBe("not-passed");
    await expect(api.promptLabel.move(move)).rejects.toMatchObject(refused);
    expect(await liveText("gated-follower")).toBe("{{question}}");
    expect((await api.prompt.get({ id })).labels[0]?.number).toBe(1);

    expect(await check(3)).toBe("moves");
    expect(await api.promptLabel.move({ ...move, number: 3 })).toMatchObject({ moved: ["gated-follower"], held: [] });
    expect(await liveText("gated-follower")).toBe("{{question}} ");
    expect((await api.prompt.get({ id })).labels[0]?.number).toBe(3);
  });

  it("that is not protected moves all the same, and takes along later what could not follow before", async () => {
    const { api } = workspace;
    const id = await versions("Open", "{{question}}", "{{question}} ");
    const { pipelineId } = await published(id, "open-follower", true);
    await api.gate.set({
      pipelineId,
      datasetId: await workspace.dataset(20, "Open"),
      spec: gateSpec.parse({
        scorers: [{ id: "same", type: "text/exact" }],
        requirements: [{ metric: "same.match", margin: null, floor: 0.5 }],
      }),
    });
    const move = { id, name: "production", number: 2, from: 1 };
    expect(await api.promptLabel.move(move)).toMatchObject({ held: [{ slug: "open-follower", state: "no-check" }] });
    expect(await liveText("open-follower")).toBe("{{question}}");
    await api.gate.remove({ pipelineId });
    expect(await api.promptLabel.move({ ...move, from: 2 })).toMatchObject({ moved: ["open-follower"] });
    expect(await liveText("open-follower")).toBe("{{question}} ");
  });
});
