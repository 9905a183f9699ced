import { readFile } from "node:fs/promises";
import { z } from "zod";

const file = z.object({
  data: z.array(
    z.object({
      paragraphs: z.array(
        z.object({
          context: z.string(),
          qas: z.array(
            z.object({
              question: z.string(),
              answers: z.array(z.object({ text: z.string(), answer_start: z.int() })).min(1),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** The same questions in each language, in the same order. Positions count characters, not UTF-16 code units. */
export interface QuestionSet {
  readonly paragraphs: readonly string[];
  readonly questions: readonly {
    readonly text: string;
    readonly paragraph: number;
    /** Where the answer stands in the paragraph, in UTF-16 code units, end exclusive. */
    readonly start: number;
    readonly end: number;
  }[];
}

export const readXquad = async (place: string): Promise<QuestionSet> => {
  const { data } = file.parse(JSON.parse(await readFile(place, "utf8")));
  const all = data.flatMap(({ paragraphs }) => paragraphs);
  return {
    paragraphs: all.map(({ context }) => context),
    questions: all.flatMap(({ context, qas }, paragraph) =>
      qas.map(({ question, answers: [answer] }) => {
        const start = Array.from(context).slice(0, answer?.answer_start).join("").length;
        const text = answer?.text ?? "";
        if (!context.startsWith(text, start)) throw new Error(`The answer "${text}" is not where the file says.`);
        return { text: question, paragraph, start, end: start + text.length };
      }),
    ),
  };
};
