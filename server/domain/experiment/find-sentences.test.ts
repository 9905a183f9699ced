import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { evaluationWorkspace, questionDocument } from "./experiment-fixture";

let database: Database;
let models: FakeOpenAiServer;
let api: Awaited<ReturnType<typeof evaluationWorkspace>>["api"];
let datasetId: string;
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  [database, models] = await Promise.all([openTestDatabase(), startFakeOpenAiServer()]);
  ({ api } = await evaluationWorkspace(database, models.baseUrl, ["echo"]));
  const text = { name: "question", role: "input" as const };
  const columns = [text, ...["label", "tone"].map((name) => ({ name, role: "expected" as const }))];
  datasetId = (await api.dataset.create({ name: "Letters", columns })).id;
  const rows = ["billing", "delivery"].map((label) => ({
    inputs: { question: label },
    expected: { label, tone: "kind" },
  }));
  await api.dataset.addRows({ id: datasetId, rows });
});
afterAll(() => Promise.all([database.close(), models.close()]));

/** A pipeline that has answered these, each with what stands around the question. */
const answered = async (user: string, questions: readonly string[]) => {
  const { id } = await api.pipeline.create({ name: user, document: questionDocument("echo", user) });
  for (const question of questions) {
    const { runId } = await api.run.start({ pipelineId: id, revision: 1, inputs: { question } });
    await liveRunsOf(database).get(runId)?.finished;
  }
  return id;
};
const look = (pipelineId: string, type = "label/accuracy", expected: string | null = "label") =>
  api.experiment.sentences({ pipelineId, datasetId, scorers: [{ id: "s", type, output: null, expected }] });

describe("answers that are sentences", () => {
  it("are found before an exact scorer calls them wrong", async () => {
    const pipelineId = await answered("It is {{question}}, I think.", ["billing", "delivery"]);
    expect(await look(pipelineId)).toEqual([
      {
        scorerId: "s",
        sentences: 2,
        looked: 2,
        example: { answer: "It is delivery, I think.", label: "delivery" },
      },
    ]);
    expect(await look(pipelineId, "text/exact")).toHaveLength(1);
    // The others take what an answer says besides; another column expects other labels.
    expect(await look(pipelineId, "text/contains")).toEqual([]);
    expect(await look(pipelineId, "label/accuracy", "tone")).toEqual([]);
    // Which of two columns is meant, or which there is, is not guessed.
    expect(await look(pipelineId, "label/accuracy", null)).toEqual([]);
    expect(await look(pipelineId, "label/accuracy", "gone")).toEqual([]);
  });

  it("are no reason for a hint where most answers are labels, or there are none", async () => {
    expect(await look(await answered("{{question}}", ["billing", "Delivery.", "it is billing", "billing"]))).toEqual(
      [],
    );
    expect(await look(await answered("It is {{question}}", []))).toEqual([]);
  });
});
