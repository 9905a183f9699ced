import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "@/runtime/eval/contract/report";
import { cautions } from "@/runtime/eval/say/glossary";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { type Evaluation, startEvaluation } from "./evaluation-fixture";
import { type Case, openReplay, rowsOf, told } from "./replay-fixture";

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

const start = async (rows: readonly Case[], given?: object) => {
  const report = await (await openReplay(evaluation, rows)).start(given);
  return { report, said: told(report) };
};
const inconclusive = [/^Inconclusive/, /^尚无定论/] as const;
const expectSaid = (said: readonly string[], wanted: readonly RegExp[]) => {
  for (const [place, pattern] of wanted.entries()) expect(said[place]).toMatch(pattern);
};
const named = (caution: string) => [cautions[caution]?.name.en, cautions[caution]?.name.zh];
const words = (count: number, word: string) => Array.from({ length: count }, () => word).join(" ");
const valueIn = (report: Report, id: string, variant: number) =>
  report.metrics.find((metric) => metric.id === id)?.values.find((value) => value.variant === variant);

describe("an experiment says", () => {
  it.each([5, 10, 20])("nothing by a metric of all rows of %i equal answers", async (rows) => {
    const { report, said } = await start(
      rowsOf(rows, () => [true, true]),
      {
        primary: "labels.macro-f1",
        margin: 0.01,
      },
    );
    expectSaid(said, inconclusive);
    expect(report.verdict.difference).toMatchObject({ value: 0 });
    expect(report.verdict.difference?.low).toBeLessThan(-0.05);
  });

  it("nothing good of a variant that gives no number where numbers are hard to give", async () => {
    const rows = Array.from({ length: 120 }, (_, row): Case => {
      const wanted = 1_000 + 7 * row;
      const hard = row % 4 === 0;
      const off = hard ? 100 + ((37 * row) % 400) : 20 + (row % 9);
      return {
        a: `${wanted + off}`,
        b: hard ? "Hard to say." : `${wanted + off - 5}`,
        c: `${row}`,
        wanted: `${wanted}`,
      };
    });
    const { report, said } = await start(rows, {
      scorers: [{ id: "near", type: "number/tolerance" }],
      primary: "near.error",
    });
    // On the rows that it answers it is nearer; the others count as the furthest that was seen.
    expect(valueIn(report, "near.error", 1)).toMatchObject({ lacking: 30 });
    expect(report.verdict.cautions).toContain("failed-as-worst");
    expect(named("failed-as-worst").every((name) => name)).toBe(true);
    expectSaid(said, [/^B is worse on absolute error: \+/, /^“B”在绝对误差上更差/]);
  });

  it("nothing of one large document among single rows, and that it is large", async () => {
    const rows = rowsOf(140, (row) => (row < 100 ? [false, true] : [row % 2 === 0, row % 2 === 0])).map((each, row) =>
      row < 100 ? { ...each, group: "one document" } : each,
    );
    const { report, said } = await start(rows);
    expectSaid(said, inconclusive);
    for (const text of said) expect(text).toMatch(/41 of them independent|其中 41 个相互独立/);
    expect(report.verdict.cautions).toContain("large-group");
    expect(named("large-group").every((name) => name)).toBe(true);
    // Nor was anything said on the way, of so few that are effectively independent.
    expect(report.metrics[0]?.comparisons[0]?.sequence).toBeNull();
  });

  it("nothing by a label that five rows have", async () => {
    const rows = rowsOf(150, () => [true, true]).map((each, row): Case => {
      const wanted = row < 5 ? "rare" : row % 2 ? "yes" : "no";
      const missed = (miss: boolean) => (miss ? "no" : wanted);
      return { ...each, a: missed(false), b: missed(row < 3), c: `${row}`, wanted, tags: [`row ${row % 2}`] };
    });
    // Rows differ by what the third variant would say: none is a copy of another.
    const { report, said } = await start(rows, { primary: "labels.recall" });
    expect(report.clusters).toBe(150);
    expect(report.verdict.difference?.value).toBeCloseTo(-0.2, 9);
    expectSaid(said, inconclusive);
  });

  it("shares of few groups with the width that so few leave", async () => {
    const rows = rowsOf(60, (row) => [Math.floor(row / 12) % 2 === 0, Math.floor(row / 12) % 2 === 0]).map(
      (each, row) => ({ ...each, group: `group ${Math.floor(row / 12)}` }),
    );
    const { report, said } = await start(rows);
    const { value, low, high, method } = valueIn(report, "labels.accuracy", 0)?.estimate ?? {};
    expect([value, method]).toEqual([0.6, "wilson-effective"]);
    // Sixty rows of one mind in five groups tell less than five rows would.
    expect(low).toBeLessThan(0.17);
    expect(high).toBeGreaterThan(0.92);
    expectSaid(said, inconclusive);
  });

  it("of one miss in three repeats of sixty rows no more than it is", async () => {
    const { report, said } = await start(
      rowsOf(60, (row) => [true, row !== 50]),
      { repeats: 3 },
    );
    expectSaid(said, inconclusive);
    const sure = valueIn(report, "labels.accuracy", 0)?.estimate;
    expect(sure).toMatchObject({ value: 1, high: 1 });
    expect(sure?.low).toBeLessThan(0.97);
  });

  it("of answers that are short but for a few what the usual one is, and nothing of the mean", async () => {
    const rows = Array.from({ length: 100 }, (_, row): Case => {
      const usual = 20 + (row % 5);
      return { a: words(usual, "a"), b: words(row % 50 === 0 ? 400 : usual - 8, "b"), c: `${row}`, wanted: "" };
    });
    const { report, said } = await start(rows, {
      scorers: [{ id: "tokens", type: "run/tokens" }],
      primary: "tokens.output",
    });
    expect(report.metrics.find(({ id }) => id === "tokens.output")?.comparisons[0]?.cautions).toContain("mean-of-few");
    expectSaid(said, [/^Inconclusive.*(median|usual|typical)/i, /^尚无定论.*(中位|典型)/]);
    const few = await start(rows.slice(0, 30), {
      scorers: [{ id: "tokens", type: "run/tokens" }],
      primary: "tokens.output",
    });
    expectSaid(few.said, inconclusive);
    expect(few.report.verdict.cautions.join()).toMatch(/few/);
  });

  it("where a variant does the opposite, and nothing by five rows that one side alone has right", async () => {
    const rows = rowsOf(120, (row) => (row % 2 ? [row % 5 > 0, row % 5 > 2] : [row % 5 > 2, row % 5 > 0])).map(
      (each, row) => ({ ...each, tags: [row % 2 ? "complaint" : "question"] }),
    );
    const { said } = await start(rows);
    expectSaid(said, [/B does not do the same everywhere: .* on “(complaint|question)”/, /“B”并非处处如此/]);
    const few = await start(rowsOf(60, (row) => [row >= 5, true]));
    expectSaid(few.said, inconclusive);
  });

  it("that numbers and texts are the same however they are written", async () => {
    const written: readonly (readonly [string, string])[] = [
      ["-5", "−5"],
      ["-12", "–12"],
      ["0.5", ".5"],
      ["7", "model-7"],
      ["1200", "1,200"],
    ];
    const rows = Array.from({ length: 60 }, (_, row): Case => {
      const [wanted, other] = written[row % written.length] as readonly [string, string];
      return { a: wanted, b: other, c: `${row}`, wanted };
    });
    const same = { id: "same", type: "number/tolerance" };
    const { report, said } = await start(rows, { scorers: [same], primary: "same.within", margin: 0.1 });
    expect(valueIn(report, "same.within", 1)?.estimate?.value).toBe(1);
    expectSaid(said, [/^(A and B|B and A) do not differ/, /没有值得一提的差异/]);
    const spelled: readonly (readonly [string, string])[] = [
      ["It's fine", "it’s fine"],
      ["Straße", "STRASSE"],
      ["yes", "y\u200bes"],
      ["ＡＢＣ", "abc"],
    ];
    const texts = rows.map((each, row): Case => {
      const [wanted, other] = spelled[row % spelled.length] as readonly [string, string];
      return { ...each, a: wanted, b: other, wanted };
    });
    const text = { id: "text", type: "text/normalised" };
    const alike = await start(texts, { scorers: [text], primary: "text.match", margin: 0.1 });
    expect(valueIn(alike.report, "text.match", 1)?.estimate?.value).toBe(1);
    expectSaid(alike.said, [/do not differ/, /没有值得一提的差异/]);
  });

  it("that a word within another is another, and what refuses and what does not", async () => {
    const rows = Array.from({ length: 60 }, (_, row): Case => {
      const [wanted, a, b] =
        row % 2 ? ["no", "It is no.", "It is not so."] : ["京都", "我住在京都。", "北京都是高楼。"];
      return { a: `${a}`, b: `${b}`, c: `${row}`, wanted: `${wanted}` };
    });
    const found = { id: "found", type: "text/contains" };
    const { said } = await start(rows, { scorers: [found], primary: "found.all" });
    expectSaid(said, [/^B is worse on contains all: −100/i, /^“B”在全部包含上更差/]);
    const waiting = rows.map((each) => ({ ...each, a: "I can't wait to see it.", b: "I can't help you with that." }));
    const refused = { id: "refused", type: "text/refusal" };
    const other = await start(waiting, { scorers: [refused], primary: "refused.refused" });
    expectSaid(other.said, [/^B is worse on refused: \+100/i, /^“B”在拒答上更差/]);
  });
});

describe("an experiment says nothing", () => {
  it("of differences in the last digits", async () => {
    const rows = Array.from({ length: 60 }, (_, row): Case => {
      const wanted = row % 5;
      return { a: `${wanted + 0.1 + 0.2}`, b: `${wanted + 0.3}`, c: `${row}`, wanted: `${wanted}` };
    });
    expect(rows.some(({ a, b }) => a !== b)).toBe(true);
    const near = { id: "near", type: "number/tolerance" };
    const { report, said } = await start(rows, { scorers: [near], primary: "near.error" });
    expect(report.verdict.difference?.value).toBe(0);
    expect(report.verdict.kind).not.toMatch(/better|worse/);
    expectSaid(said, [/^(?!.*\b(better|worse)\b)/, /^(?!.*更(好|差))/]);
  });

  it("of pairs of words where there is one word, and of types unless it was asked", async () => {
    const rows = Array.from({ length: 60 }, (_, row): Case => ({ a: "yes", b: "no", c: `${row}`, wanted: "yes" }));
    const rouge = { id: "rouge", type: "text/rouge" };
    const { report, said } = await start(rows, { scorers: [rouge], primary: "rouge.rouge-2" });
    for (const variant of [0, 1]) expect(valueIn(report, "rouge.rouge-2", variant)?.estimate?.value).toBe(0);
    expectSaid(said, [/^(?!.*\b(better|worse)\b)/, /^(?!.*更(好|差))/]);
    const typed = rows.map(
      (each, row): Case => ({ ...each, a: `{"n": ${row}}`, b: `{"n": "${row}"}`, wanted: `{"n": ${row}}` }),
    );
    const fields = (types: boolean) => ({
      scorers: [{ id: "fields", type: "json/fields", config: { types } }],
      primary: "fields.all",
      margin: 0.1,
    });
    expectSaid((await start(typed, fields(false))).said, [/do not differ/, /没有值得一提的差异/]);
    expectSaid((await start(typed, fields(true))).said, [
      /^B is worse on all fields match: −100/i,
      /^“B”在全部字段一致上更差/,
    ]);
  });

  it("of a few heavy cases that one variant has right", async () => {
    const rows = rowsOf(60, (row) => [row >= 3, true]).map((each, row) => ({ ...each, weight: row < 3 ? 20 : 1 }));
    const { report, said } = await start(rows);
    expect(report.verdict.cautions).toContain("weighted");
    // Half of all weight, and yet no more than three cases.
    expect(report.verdict.difference?.value).toBeGreaterThan(0.4);
    expectSaid(said, inconclusive);
    const share = valueIn(report, "labels.accuracy", 0)?.estimate;
    expect(share?.method).toBe("wilson-effective");
    expect((share?.high ?? 0) - (share?.low ?? 1)).toBeGreaterThan(0.45);
  });
});

describe("while it runs, an experiment says", () => {
  /** Stopped by its budget where some two of three answers are there. */
  const halted = async (rows: readonly Case[], given: object) => {
    const few = 20;
    const sample = await (await openReplay(evaluation, rows.slice(-few))).begin();
    const { spentMicroUsd } = await evaluation.database.prisma.experiment.findUniqueOrThrow({ where: { id: sample } });
    const budgetMicroUsd = Math.round((0.66 * Number(spentMicroUsd) * rows.length) / few);
    const report = (await (await openReplay(evaluation, rows)).start({ ...given, budgetMicroUsd })) as Report;
    expect(report.cells.done).toBeLessThan(report.cells.total);
    expect(report.cells.done).toBeGreaterThan(report.cells.total / 2);
    return { report, said: told(report) };
  };

  it("nothing of a variant that is worse by just the margin, and loses alone", async () => {
    const { report, said } = await halted(
      rowsOf(200, (row) => [true, row % 33 !== 0]),
      { margin: 0.03 },
    );
    expectSaid(said, [/^Too early to say/, /^还为时过早/]);
    const { low, high } = report.metrics[0]?.comparisons[0]?.sequence ?? {};
    expect(low).toBeLessThan(-0.03);
    expect(high).toBeGreaterThan(-0.03);
  });

  it("what is sure before the end", async () => {
    const { said } = await halted(
      rowsOf(200, (row) => [row % 2 === 0, row % 8 > 0]),
      {},
    );
    expectSaid(said, [/^B is better on accuracy: \+/, /^“B”在准确率上更好：\+/]);
  });
});
