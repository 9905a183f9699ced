import Papa from "papaparse";

export interface LabelledQuestion {
  readonly question: string;
  readonly answers: readonly string[];
}

export type QuestionProblem = "no-question" | "no-answer" | "too-long" | "too-many";

export interface ReadQuestions {
  readonly questions: readonly LabelledQuestion[];
  /** Lines that were left out, from 1. */
  readonly problems: readonly { readonly line: number; readonly problem: QuestionProblem }[];
}

export const questionLimits = { question: 2_000, answer: 1_000, answers: 10 } as const;

const headings = new Set(["question", "query", "问题", "问句", "查询"]);

/** Rows of a question and one or more texts that a right passage holds, pasted from a table or as CSV. A heading row is skipped. */
export const readQuestions = (pasted: string, most: number): ReadQuestions => {
  const delimiter = pasted.includes("\t") ? "\t" : "";
  const { data } = Papa.parse<string[]>(pasted.replace(/^\uFEFF/, "").trimEnd(), { delimiter, skipEmptyLines: false });
  const questions: LabelledQuestion[] = [];
  const problems: { line: number; problem: QuestionProblem }[] = [];
  data.forEach((cells, index) => {
    const [question = "", ...rest] = cells.map((cell) => cell.trim());
    const answers = rest.filter((answer) => answer !== "").slice(0, questionLimits.answers);
    if (question === "" && answers.length === 0) return;
    if (index === 0 && headings.has(question.toLowerCase())) return;
    const refuse = (problem: QuestionProblem) => problems.push({ line: index + 1, problem });
    if (question === "") refuse("no-question");
    else if (answers.length === 0) refuse("no-answer");
    else if (question.length > questionLimits.question || answers.some(({ length }) => length > questionLimits.answer))
      refuse("too-long");
    else if (questions.length >= most) refuse("too-many");
    else questions.push({ question: oneLine(question), answers: answers.map(oneLine) });
  });
  return { questions, problems };
};

const oneLine = (text: string): string => text.replace(/\s+/g, " ");
