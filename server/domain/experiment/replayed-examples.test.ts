import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cautions } from "@/runtime/eval/say/glossary";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { type Evaluation, startEvaluation } from "./evaluation-fixture";
import { type Case, openReplay, rowsOf, told } from "./replay-fixture";

let evaluation: Evaluation;
let server: FakeOpenAiServer;
beforeAll(async () => {
  server = await startFakeOpenAiServer();
  evaluation = await startEvaluation(server.baseUrl, ["echo"]);
});
afterAll(async () => {
  await evaluation.stop();
  await server.close();
});
const open = (rows: readonly Case[]) => openReplay(evaluation, rows);

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
