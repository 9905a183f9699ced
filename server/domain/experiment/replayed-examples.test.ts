import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { experimentDraft } from "@/runtime/eval/contract/experiment-spec";
import type { Report } from "@/runtime/eval/contract/report";
import { cautions } from "@/runtime/eval/say/glossary";
import { sayNotes } from "@/runtime/eval/say/say-notes";
import { sayVerdict } from "@/runtime/eval/say/say-verdict";
import type { GraphDocument } from "@/runtime/graph/document";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { makeDataset } from "@/server/domain/dataset/create-dataset";
import { insertRows } from "@/server/domain/dataset/insert-rows";
import { jobWhen } from "@/server/platform/job/job-fixture";
import { type Evaluation, startEvaluation } from "./evaluation-fixture";

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

const names = ["a", "b", "c"] as const;
type Case = Readonly<Record<(typeof names)[number] | "wanted", string>>;

const node = (id: string, type: string, config: object) =>
  ({ id, type, typeVersion: 1, config, disabled: false }) as never;
/** Each variant answers with the column of its name: what was said is decided row by row. */
const document: GraphDocument = {
  schemaVersion: 1,
  nodes: [
    node("in", "io/input", { fields: names.map((name) => ({ name, maxLength: 200 })) }),
    node("ask", "prompt/chat", { model: "fake/echo", system: "{{a}}{{b}}{{c}}", user: "{{a}}" }),
    node("out", "io/output", { outputs: [{ name: "answer" }] }),
  ],
  edges: [
    ...names.map((name) => ({ id: name, from: { node: "in", port: name }, to: { node: "ask", port: name } })),
    { id: "x", from: { node: "ask", port: "text" }, to: { node: "out", port: "answer" } },
  ],
  layout: {},
};

const open = async (rows: readonly Case[]) => {
  const { workspaceId } = workspace.owner;
  const dataset = await makeDataset(database, workspaceId, {
    name: randomBytes(6).toString("hex"),
    columns: [
      ...names.map((name) => ({ name, role: "input" as const, kind: "text" as const })),
      { name: "wanted", role: "expected", kind: "text" },
    ],
  });
  const add = (more: readonly Case[]) =>
    insertRows(
      database,
      workspaceId,
      dataset.id,
      more.map(({ wanted, ...inputs }) => ({ inputs, expected: { wanted }, tags: [] })),
    );
  await add(rows);
  const { id: pipelineId } = await workspace.api.pipeline.create({ name: "Replayed", document });
  const start = async (given: object = {}, keys: readonly string[] = ["a", "b"]) => {
    const draft = experimentDraft.parse({
      pipelineId,
      datasetId: dataset.id,
      variants: keys.map((key) => ({
        key,
        label: key.toUpperCase(),
        revision: "draft",
        overrides: key === "a" ? [] : [{ nodeId: "ask", config: { user: `{{${key}}}` } }],
      })),
      baseline: "a",
      scorers: [
        { id: "labels", type: "label/accuracy" },
        { id: "time", type: "run/latency" },
      ],
      primary: "labels.accuracy",
      ...given,
    });
    const { id } = await workspace.api.experiment.start({ name: "Replayed", draft });
    const { jobId } = await database.prisma.experiment.findUniqueOrThrow({ where: { id } });
    await jobWhen(database, jobId ?? "");
    const { report } = await workspace.api.experiment.get({ id });
    return report as Report;
  };
  return { add, start };
};
const told = (report: Report) =>
  (["en", "zh"] as const).map((locale) => [sayVerdict(report, locale), ...sayNotes(report, locale)].join(" "));
/** So many rows; `of` says for which a variant is right. */
const rowsOf = (count: number, of: (row: number) => readonly [boolean, boolean, boolean?], from = 0): Case[] =>
  Array.from({ length: count }, (_, place) => {
    const row = from + place;
    const [a, b, c = false] = of(row);
    const wanted = row % 2 ? `yes ${row}` : `no ${row}`;
    const say = (right: boolean, name: string) => (right ? wanted : `${name} does not know ${row}`);
    return { a: say(a, "a"), b: say(b, "b"), c: say(c, "c"), wanted };
  });

describe("an experiment says", () => {
  it("by macro-F1 what it says by accuracy, where one variant has stray answers", async () => {
    const rows = Array.from({ length: 66 }, (_, row): Case => {
      const [wanted, other] = row % 2 ? ["yes", "no"] : ["no", "yes"];
      const b = row % 22 === 0 ? `stray ${row}` : wanted;
      return { a: row % 4 === 0 ? other : wanted, b, c: `${row}`, wanted } as Case;
    });
    const { start } = await open(rows);
    const [en, zh] = told(await start({ primary: "labels.macro-f1" }));
    expect(en).toMatch(/^B is better on macro-F1: \+/i);
    expect(zh).toMatch(/^“B”在宏平均 F1上更好：\+/);
  });

  it("the same when it is started again, and nothing of times that were taken apart", async () => {
    const { start } = await open(rowsOf(60, (row) => [row % 2 === 0, row % 2 === 0 || row % 3 > 0, row % 5 > 0]));
    const first = await start();
    const asked = server.requests.length;
    const again = await start();
    expect(told(again)).toEqual(told(first));
    expect(again.look?.number).toBe(1);
    expect(server.requests.length).toBe(asked);
    const more = await start({}, ["a", "b", "c"]);
    expect(server.requests.length).toBe(asked + 60);
    expect(more.verdict.cautions).toContain("answered-apart");
    expect(more.metrics.find(({ id }) => id === "time.duration")?.apart).toBe(60);
    const entry = cautions["answered-apart"];
    expect([entry?.name.en, entry?.name.zh]).toEqual(["Answered at different times", "回答时间不同"]);
    for (const text of told(more)) expect(text).not.toMatch(/latency|耗时/);
    // Tied with the best, and said to be.
    expect(more.best?.variants).toEqual([1, 2]);
    expect(told(more)[0]).toMatch(/may be as good: nothing shows that/);
    expect(told(more)[1]).toMatch(/可能同样好/);
  });

  it("nothing of copies, and nothing of a difference within the margin", async () => {
    const [right, lost] = rowsOf(2, (row) => [row < 1, true]) as [Case, Case];
    // As they are, and in capitals: still the same question.
    const loud = { ...lost, a: lost.a.toUpperCase(), b: lost.b.toUpperCase(), c: lost.c.toUpperCase() };
    const { start } = await open([right, ...Array.from({ length: 30 }, (_, place) => (place % 2 ? loud : lost))]);
    const report = await start();
    expect(report.clusters).toBe(2);
    expect(report.verdict.cautions).toContain("copies");
    const [en, zh] = told(report);
    expect(en).toMatch(/^Inconclusive/);
    expect(zh).toMatch(/^尚无定论/);
    const within = await open(rowsOf(90, (row) => [true, row !== 7]));
    const [margin, marginZh] = told(await within.start({ margin: 0.1 }));
    expect(margin).toMatch(/^A and B do not differ|^B and A do not differ/);
    expect(marginZh).toContain("没有值得一提的差异");
  });

  it("how many cases would settle it, what that assumes, and that what follows is another look", async () => {
    const of = (row: number) => [row % 3 > 0, row % 3 > 0 || row % 9 === 0] as const;
    const { add, start } = await open(rowsOf(40, (row) => [of(row)[0], of(row)[1] && row !== 1]));
    const [en, zh] = told(await start());
    expect(en).toMatch(
      /^Inconclusive: if the difference stays as seen, about \d+ more cases would settle it in four of five/,
    );
    expect(zh).toMatch(/^尚无定论：若差异保持如此，再加约 \d+ 个用例有八成把握见分晓/);
    await add(rowsOf(20, of, 40));
    const report = await start();
    expect(report.look).toMatchObject({ number: 2, alpha: 0.05 });
    expect(report.look?.own).toBeLessThan(0.02);
    expect(told(report)[0]).toMatch(/This is look 2 at the same question/);
    expect(told(report)[1]).toContain("第 2 次查看");
  });
});
