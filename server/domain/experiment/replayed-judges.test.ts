import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cautions } from "@/runtime/eval/say/glossary";
import type { GraphDocument } from "@/runtime/graph/document";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { handedOut } from "@/server/domain/review/review.types";
import { type Evaluation, startEvaluation } from "./evaluation-fixture";
import { type Case, openReplay, told } from "./replay-fixture";

let evaluation: Evaluation;
let server: FakeOpenAiServer;
beforeAll(async () => {
  server = await startFakeOpenAiServer({ keepRequests: 0 });
  evaluation = await startEvaluation(server.baseUrl, ["echo"]);
});
afterAll(async () => {
  await evaluation.stop();
  await server.close();
});

const node = (id: string, type: string, config: object) =>
  ({ id, type, typeVersion: 1, config, disabled: false }) as never;
/** A judge that gives the grade which stands in the answer. */
const judgeDocument: GraphDocument = {
  schemaVersion: 1,
  nodes: [
    node("in", "io/input", { fields: [{ name: "answer", maxLength: 200 }] }),
    node("out", "io/output", { outputs: [{ name: "score" }] }),
  ],
  edges: [{ id: "x", from: { node: "in", port: "answer" }, to: { node: "out", port: "score" } }],
  layout: {},
};

/** Answers are the judge's grades, and what is expected is what people say of them, 0 to 1 in quarters. */
const judged = async (rows: readonly Case[]) => {
  const { api } = evaluation.workspace;
  const name = `Judge ${randomBytes(4).toString("hex")}`;
  const { id: pipelineId } = await api.pipeline.create({ name, document: judgeDocument });
  const { begin, reportOf } = await openReplay(evaluation, rows);
  const scorers = [{ id: "judge", type: "pipeline/scorer", config: { pipelineId } }];
  const id = await begin({ scorers, primary: "judge.score" });
  const accept = (accepted = true) => api.experiment.acceptJudge({ id, scorerId: "judge", accepted });
  const label = async (count: number) => {
    for (let done = 0; done < count; done += handedOut) {
      const { items } = await api.review.queue({ id, scorerId: "judge" });
      for (const { at, expected } of items) {
        const said = String(1 + 4 * Number(expected.wanted)) as "1" | "2" | "3" | "4" | "5";
        await api.review.answer({ id, scorerId: "judge", at, said });
      }
    }
  };
  return { accept, label, report: () => reportOf(id) };
};
const quarter = (place: number) => (place % 4) / 4;

describe("a judge", () => {
  it("that people contradict is refused, and what it says does not count", async () => {
    const rows = Array.from({ length: 20 }, (_, row): Case => {
      const [wanted, a, b] = [quarter(row), quarter(7 * row + 3 + Math.floor(row / 4)), 1];
      return { a: `${a}`, b: `${b}`, c: `${row}`, wanted: `${wanted}` };
    });
    const { accept, label, report } = await judged(rows);
    await expect(accept()).rejects.toThrow(/it takes 20/);
    await label(32);
    await expect(accept()).rejects.toThrow(/do not surely agree/);
    const made = await report();
    expect(made.verdict.cautions).toContain("judge-not-accepted");
    for (const text of told(made)) expect(text).not.toMatch(/better|更好/);
  });

  it("that leans towards one variant is put right by people's labels", async () => {
    // It adds a quarter to half of what the variant says; people find no difference.
    const rows = Array.from({ length: 48 }, (_, row): Case => {
      const wanted = quarter(row + Math.floor(row / 4));
      return { a: `${wanted}`, b: `${wanted + (row % 2) / 4}`, c: `${row}`, wanted: `${wanted}` };
    });
    const { accept, label, report } = await judged(rows);
    const alone = await report();
    expect(alone.metrics[0]?.comparisons[0]?.difference?.low).toBeGreaterThan(0.05);
    await label(48);
    await accept();
    const corrected = await report();
    const [comparison] = corrected.metrics[0]?.comparisons ?? [];
    expect(comparison).toMatchObject({ difference: { method: "prediction-powered" }, corrected: { labels: 48 } });
    expect(comparison?.corrected?.judge).toBeCloseTo(0.125, 9);
    const [en, zh] = told(corrected);
    expect(en).not.toMatch(/^B is better/);
    expect(zh).not.toMatch(/^“B”.*更好/);
    expect(corrected.verdict.cautions).toContain("judge-corrected");
    expect(cautions["judge-corrected"]?.name).toEqual({ en: "Judge corrected", zh: expect.stringMatching(/校正/) });
    await accept(false);
    expect((await report()).verdict.cautions).toContain("judge-not-accepted");
  });
});
