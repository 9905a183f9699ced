import type { ExperimentDraft } from "@/runtime/eval/contract/experiment-spec";
import { experimentDraft } from "@/runtime/eval/contract/experiment-spec";
import type { GraphDocument } from "@/runtime/graph/document";
import { makeDataset } from "@/server/domain/dataset/create-dataset";
import { insertRows } from "@/server/domain/dataset/insert-rows";
import type { Database } from "@/server/platform/db/database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";

const node = (id: string, type: string, config: object) =>
  ({ id, type, typeVersion: 1, config, disabled: false }) as never;

/** For tests: a question goes to the model, whose words are the answer; what a variant puts into `user` decides how good it is. */
export const questionDocument = (model: string, user = "{{question}}"): GraphDocument => ({
  schemaVersion: 1,
  nodes: [
    node("in", "io/input", { fields: [{ name: "question", maxLength: 200 }] }),
    node("ask", "prompt/chat", { model: `fake/${model}`, user }),
    node("out", "io/output", { outputs: [{ name: "answer" }] }),
  ],
  edges: [
    { id: "a", from: { node: "in", port: "question" }, to: { node: "ask", port: "question" } },
    { id: "b", from: { node: "ask", port: "text" }, to: { node: "out", port: "answer" } },
  ],
  layout: {},
});

/** For tests: a workspace with a fake endpoint, and a dataset whose expected answer is the question itself. */
export const evaluationWorkspace = async (database: Database, baseUrl: string, models: readonly string[]) => {
  const owner = await addMember(database, "owner");
  const api = callerOf(database, owner);
  await api.endpoint.create({
    name: "Fake",
    slug: "fake",
    replicas: [{ baseUrl }],
    maxConcurrency: 256,
    models: models.map((name) => ({ name, inputUsdPerM: 1, outputUsdPerM: 2 })),
  });
  const dataset = async (rows: number, name = "Questions") => {
    const { id } = await makeDataset(database, owner.workspaceId, {
      name,
      columns: [
        { name: "question", role: "input", kind: "text" },
        { name: "wanted", role: "expected", kind: "text" },
      ],
    });
    for (let from = 0; from < rows; from += 1_000)
      await insertRows(
        database,
        owner.workspaceId,
        id,
        Array.from({ length: Math.min(1_000, rows - from) }, (_, index) => ({
          inputs: { question: `question ${from + index}` },
          expected: { wanted: `question ${from + index}` },
          tags: [index % 3 === 0 ? "third" : "other"],
        })),
      );
    return id;
  };
  const pipeline = async (model: string) =>
    (await api.pipeline.create({ name: `With ${model}`, document: questionDocument(model) })).id;
  return { owner, api, dataset, pipeline };
};

type Given = Partial<ExperimentDraft> & Pick<ExperimentDraft, "pipelineId" | "datasetId">;

/** For tests: the draft against a variant whose model adds a word to every second answer. */
export const draftOf = (given: Given): ExperimentDraft =>
  experimentDraft.parse({
    variants: [
      { key: "a", label: "As it is", revision: "draft" },
      {
        key: "b",
        label: "With a word more",
        revision: "draft",
        overrides: [{ nodeId: "ask", config: { user: "{{question}} please" } }],
      },
    ],
    baseline: "a",
    scorers: [
      { id: "same", type: "text/exact" },
      { id: "time", type: "run/latency" },
    ],
    primary: "same.match",
    ...given,
  });
