import { describe, expect, it } from "vitest";
import { readChoice } from "./read-choice";
import { readGrade } from "./read-grade";

describe("a judge's grade", () => {
  it.each([
    ['{"reason": "r", "grade": 4}', 4],
    ['{"reason": "r", "grade": "4"}', 4],
    ['{"reason": "r", "grade": "4/5"}', 4],
    ['{"reason": "r", "Score": "four out of five"}', 4],
    ["{'reason': 'r', 'grade': 4.5,}", 4.5],
    ['<think>{"grade": 2}?</think>{"grade": 4}', 4],
    ["Perhaps 2.\n</think>\n4", 4],
    ['Example: {"grade": 1}. Mine: {"grade": 4}', 4],
    ["4", 4],
    ["**4**", 4],
    ["{4}", 4],
    ["[[4]]", 4],
    ["4/5", 4],
    ["4 / 5", 4],
    ["4.5/5", 4.5],
    ["4½ out of 5", 4.5],
    ["four and a half out of five", 4.5],
    ["Four out of five.", 4],
    ["I would give it 4 out of 5 because it is complete.", 4],
    ["On a scale of 1 to 5, my grade is 4.", 4],
    ["Grade (1-5): 4", 4],
    ["Grade: **4** (good). It names 3 facts.", 4],
    ["Score: 2. No, on reflection: Score: 4", 4],
    ["4 points", 4],
    ["★★★★☆", 4],
    ["4 stars", 4],
    ["四分", 4],
    ["评分：四分", 4],
    ["我给4分（满分5分）", 4],
    ["得分：４", 4],
    ["٤/٥", 4],
    ["४", 4],
    ["4점", 4],
    ["It is good.\n\n4", 4],
    ["8/10", null],
    ["80%", null],
    ["8", null],
    ["0", null],
    ["3-4", null],
    ["between 3 and 4", null],
    ["It names 3 facts and 2 dates.", null],
    ['{"grade": 8}', null],
    ['{"grade": 4', null],
    ["<think>4</think>", null],
    ["good", null],
    ["", null],
  ])("%j is %j", (reply, grade) => {
    expect(readGrade(reply)?.grade ?? null).toBe(grade);
  });
});

describe("a judge's choice", () => {
  it.each([
    ['{"reason": "r", "better": "B"}', "B"],
    ['{"better": "Answer B"}', "B"],
    ['{"better": "tie"}', "same"],
    ['<think>A</think>{"better": "B"}', "B"],
    ["B", "B"],
    ["**B**", "B"],
    ["Answer B", "B"],
    ["[[B]]", "B"],
    ["[[C]]", "same"],
    ["Answer A is long. The better answer is B.", "B"],
    ["B is better than A.", "B"],
    ["A misses a date.\n\nB", "B"],
    ["Verdict: B", "B"],
    ["回答B更好", "B"],
    ["平局", "same"],
    ["They are equally good.", "same"],
    ["A or B", null],
    ["A is better here; B is better there.", null],
    ['{"better": "B', null],
    ["", null],
  ])("%j is %j", (reply, choice) => {
    expect(readChoice(reply)?.better ?? null).toBe(choice);
  });
});

it("is read in time that grows with the reply, not with its square", () => {
  for (const unit of ["1", "4 ", "1-", "four", "grade ", "★", "4/", "a", "better ", "(", "of ", " "]) {
    const time = (length: number) => {
      const startedAt = performance.now();
      readGrade(unit.repeat(length / unit.length));
      readChoice(unit.repeat(length / unit.length));
      return performance.now() - startedAt;
    };
    time(10_000);
    expect(time(160_000), unit).toBeLessThan(Math.max(1_000, 40 * time(10_000)));
  }
});
