import { afterAll, beforeAll, expect, it } from "vitest";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { jobWhen } from "@/server/platform/job/job-fixture";
import { type Evaluation, startEvaluation } from "./evaluation-fixture";
import { draftOf, questionDocument } from "./experiment-fixture";

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

const tried = async (pipelineId: string): Promise<string> => {
  const draft = draftOf({ pipelineId, datasetId: await workspace.dataset(3) });
  const { id } = await workspace.api.experiment.start({ name: "Words", draft });
  const { jobId } = await database.prisma.experiment.findUniqueOrThrow({ where: { id } });
  await jobWhen(database, jobId ?? "");
  return id;
};

const messageOf = async (pipelineId: string) => {
  const { document, revision } = await workspace.api.pipeline.get({ id: pipelineId });
  const config = document.nodes.find(({ id }) => id === "ask")?.config;
  return { user: config?.user, system: config?.system, revision };
};

it("puts a variant into the draft, says whether that is what was tried, and keeps what was there", async () => {
  const { api } = workspace;
  const pipelineId = await workspace.pipeline("echo");
  const id = await tried(pipelineId);

  expect(await api.experiment.ship({ id, variant: 1 })).toEqual({ pipelineId, tested: true });
  const shipped = await messageOf(pipelineId);
  expect(shipped.user).toBe("{{question}} please");
  // The same again changes nothing.
  await api.experiment.ship({ id, variant: 1 });
  expect(await messageOf(pipelineId)).toEqual(shipped);

  // Other changes of the draft stay, and are told of: nobody has tried the two together.
  const other = questionDocument("echo", "{{question}}, in short");
  const nodes = other.nodes.map((node) =>
    node.id === "ask" ? { ...node, config: { ...node.config, system: "Be kind." } } : node,
  );
  await api.pipeline.save({ id: pipelineId, baseRevision: shipped.revision, document: { ...other, nodes } });
  expect(await api.experiment.ship({ id, variant: 1 })).toEqual({ pipelineId, tested: false });
  expect(await messageOf(pipelineId)).toMatchObject({ user: "{{question}} please", system: "Be kind." });
  const frozen = await database.prisma.revision.findMany({ where: { pipelineId }, select: { document: true } });
  expect(frozen.map(({ document }) => JSON.stringify(document)).join()).toContain("{{question}}, in short");

  // Both wordings stand in the history, and why they are there.
  const { revisions } = await api.pipeline.revisions({ id: pipelineId });
  expect(revisions.filter(({ reason }) => reason.endsWith("ship")).map(({ reason }) => reason)).toEqual(
    expect.arrayContaining(["ship", "before-ship"]),
  );
  expect(revisions.find(({ isDraft }) => isDraft)).toMatchObject({ reason: "ship" });

  // A variant without settings of its own is a revision as a whole.
  expect(await api.experiment.ship({ id, variant: 0 })).toEqual({ pipelineId, tested: true });
  expect((await messageOf(pipelineId)).user).toBe("{{question}}");
});

it("refuses a variant that there is not, and one whose step is gone", async () => {
  const { api } = workspace;
  const pipelineId = await workspace.pipeline("echo");
  const id = await tried(pipelineId);
  await expect(api.experiment.ship({ id, variant: 5 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  const { document, revision } = await api.pipeline.get({ id: pipelineId });
  await api.pipeline.save({
    id: pipelineId,
    baseRevision: revision,
    document: { ...document, nodes: document.nodes.filter((node) => node.id !== "ask"), edges: [] },
  });
  await expect(api.experiment.ship({ id, variant: 1 })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});
