import { afterAll, beforeAll, expect, it } from "vitest";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { type Evaluation, startEvaluation } from "./evaluation-fixture";
import { type Case, openReplay } from "./replay-fixture";

let evaluation: Evaluation;
let server: FakeOpenAiServer;
let id: string;

const long = "a long answer ".repeat(400);
const rows: readonly Case[] = [
  { a: "billing", b: "delivery", c: "1", wanted: "billing", tags: ["first"] },
  { a: "billing", b: "The department is billing.", c: "2", wanted: "billing" },
  { a: "refund", b: " REFUND. ", c: '3 "quoted" 100%', wanted: "refund" },
  { a: long, b: "account", c: "4", wanted: "account" },
  { a: "defect", b: "defects", c: "5", wanted: "defect" },
];

beforeAll(async () => {
  server = await startFakeOpenAiServer({ keepRequests: 0 });
  evaluation = await startEvaluation(server.baseUrl, ["echo", "schema"]);
  const { begin } = await openReplay(evaluation, rows);
  const judge = { id: "judge", type: "judge/rubric", config: { model: "fake/schema" } };
  id = await begin({ scorers: [{ id: "same", type: "text/exact" }, judge], primary: "same.match" });
});
afterAll(async () => {
  await evaluation.stop();
  await server.close();
});
const ask = (given: object = {}) => evaluation.workspace.api.experiment.sideBySide({ id, size: 50, ...given });
const bOf = async (given: object = {}) => (await ask(given)).rows.map(({ answers }) => answers[1]?.text.trim());

it("shows exact matches first, then the nearest misses, with what was expected and all answers", async () => {
  const { rows: shown, total, exact, variant, pages } = await ask();
  expect({ total, exact, variant, pages }).toEqual({ total: 5, exact: 2, variant: 1, pages: 1 });
  const order = shown.map(({ answers }) => answers[1]?.text.trim());
  expect(order.slice(0, 2).toSorted()).toEqual(["REFUND.", "account"]);
  expect(order.slice(2)).toEqual(["defects", "The department is billing.", "delivery"]);
  expect(shown.map(({ near }) => near === 1)).toEqual([true, true, false, false, false]);
  const refund = shown.find(({ answers }) => answers[1]?.text.trim() === "REFUND.");
  expect(refund?.expected).toEqual([{ name: "wanted", text: "refund", isCut: false }]);
  expect(refund?.answers.map((answer) => [answer?.isExact, answer?.value])).toEqual([
    [true, 1],
    [true, 0],
  ]);
  expect((await ask({ variant: 0 })).exact).toBe(4);
});

it("says what a judge gave an answer, and what people said of it", async () => {
  const { workspaceId, userId } = evaluation.workspace.owner;
  const place = { experimentId: id, workspaceId, scorerId: "judge", row: 0, repeat: 0, variant: 1 };
  await evaluation.database.prisma.reviewAnswer.createMany({
    data: [0.5, 1].map((value, index) => ({ ...place, reviewer: `user:${userId} ${index}`, value })),
  });
  const labelled = await ask({ show: "labelled" });
  expect(labelled.rows.map(({ row }) => row)).toEqual([0]);
  const [answer] = labelled.rows[0]?.answers[1]?.judgements ?? [];
  expect(answer).toMatchObject({ scorerId: "judge", judge: 0, people: 0.75, labels: 2 });
});

it("finds text in questions and answers as it is written, and shows one kind of rows alone", async () => {
  expect(await bOf({ query: '"quoted" 100%' })).toEqual(["REFUND."]);
  expect(await bOf({ query: "100_" })).toEqual([]);
  expect(await bOf({ query: "DEPARTMENT is" })).toEqual(["The department is billing."]);
  expect((await ask({ show: "exact" })).total).toBe(2);
  expect(await bOf({ show: "missed" })).toEqual(["defects", "The department is billing.", "delivery"]);
});

it("gives pages, the last one where there are no more, and cuts what is very long", async () => {
  const first = await ask({ size: 2 });
  expect([first.rows.length, first.pages, first.page]).toEqual([2, 3, 0]);
  const last = await ask({ size: 2, page: 9_999 });
  expect([last.rows.length, last.page]).toEqual([1, 2]);
  const cut = (await ask()).rows.flatMap(({ answers }) => answers).filter((answer) => answer?.isCut);
  expect(cut.map((answer) => answer?.text.length)).toEqual([4_000]);
});

it("refuses a variant, a repeat or a page size that there is not", async () => {
  await expect(ask({ variant: 2 })).rejects.toThrow(/no such variant or repeat/);
  await expect(ask({ repeat: 1 })).rejects.toThrow(/no such variant or repeat/);
  await expect(ask({ size: 51 })).rejects.toThrow();
  await expect(ask({ query: "x".repeat(101) })).rejects.toThrow();
});
