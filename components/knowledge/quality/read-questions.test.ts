import { describe, expect, test } from "vitest";
import { questionLimits, readQuestions } from "./read-questions";

describe("readQuestions", () => {
  test("reads CSV with quotes, several answers and a heading row", () => {
    const pasted = 'question,answer\n"Which code, exactly?",K740,K741\n第20号的代码是什么？,K740\n\n';
    expect(readQuestions(pasted, 100)).toEqual({
      questions: [
        { question: "Which code, exactly?", answers: ["K740", "K741"] },
        { question: "第20号的代码是什么？", answers: ["K740"] },
      ],
      problems: [],
    });
  });

  test("reads what is copied from a table, and puts a cell of several lines on one", () => {
    expect(readQuestions('Where?\t"in the\nhall"', 10).questions).toEqual([
      { question: "Where?", answers: ["in the hall"] },
    ]);
  });

  test("says which lines it left out and why", () => {
    const long = "x".repeat(questionLimits.question + 1);
    expect(readQuestions(`Only a question\n,only an answer\n${long},a\nGood?,yes\nOne more?,yes`, 1)).toEqual({
      questions: [{ question: "Good?", answers: ["yes"] }],
      problems: [
        { line: 1, problem: "no-answer" },
        { line: 2, problem: "no-question" },
        { line: 3, problem: "too-long" },
        { line: 5, problem: "too-many" },
      ],
    });
  });

  test("gives nothing for nothing", () => {
    expect(readQuestions("  \n", 10)).toEqual({ questions: [], problems: [] });
  });
});
