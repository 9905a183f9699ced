import { z } from "zod";
import { defineScorer } from "../../contract/scorer";
import { asText } from "../lib/as-text";
import { askJudge, unreadReply } from "../lib/ask-judge";
import { judgeFields } from "../lib/judge-fields";
import { share } from "../lib/metrics";
import { gradeScale, readGrade } from "../lib/read-grade";

const schema = {
  type: "object",
  properties: { reason: { type: "string" }, grade: { type: "integer", enum: [1, 2, 3, 4, 5] } },
  required: ["reason", "grade"],
  additionalProperties: false,
};

/** A language model as judge (Zheng et al., "Judging LLM-as-a-Judge with MT-Bench and Chatbot Arena", 2023): reason first, then a grade. */
export const judgeRubric = defineScorer({
  type: "judge/rubric",
  version: 2,
  title: { en: "Judged by a model", zh: "模型评分" },
  summary: {
    en: "A language model grades each answer from 1 to 5 by your criteria. It counts only after you have compared it with people's labels and accepted it.",
    zh: "由语言模型按你的标准给每个回答打 1 到 5 分。只有在与人工标注比较并认可之后，分数才会计入结论。",
  },
  config: z.object(judgeFields),
  needs: { output: true, expected: false },
  asksModel: true,
  judge: true,
  metrics: [share("grade", { en: "Judge's grade", zh: "模型评分" })],
  score: async ({ config, row, run, output, expected }, { chat }) => {
    if (run.status === "failure" || output === undefined) return { values: { grade: 0 } };
    let [sum, given, reason, unread] = [0, 0, "", ""];
    for (let repeat = 0; repeat < config.repeats; repeat += 1) {
      const reply = await askJudge(chat, {
        config,
        task: "You grade an answer.",
        form: 'Say in one sentence, in the language of the criteria, what is good or wrong, then give a grade: 5 excellent, 4 good, 3 acceptable, 2 poor, 1 wrong. Reply with JSON: {"reason": "...", "grade": 1-5}',
        inputs: row.inputs,
        expected,
        answers: { answer: asText(output) },
        schema,
        repeat,
      });
      const read = readGrade(reply.text);
      if (read === null) {
        unread = unreadReply("grade", reply);
        continue;
      }
      sum += (read.grade - gradeScale.least) / (gradeScale.most - gradeScale.least);
      given += 1;
      reason = read.reason;
    }
    return given === 0
      ? { values: { grade: null }, reason: unread }
      : {
          values: { grade: sum / given },
          reason: [reason.slice(0, 500), unread].filter((text) => text !== "").join("\n"),
        };
  },
});
