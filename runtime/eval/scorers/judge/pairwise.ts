import { z } from "zod";
import { definePairScorer } from "../../contract/scorer";
import { asText } from "../lib/as-text";
import { askJudge, unreadReply } from "../lib/ask-judge";
import { judgeFields } from "../lib/judge-fields";
import { readChoice } from "../lib/read-choice";

const schema = {
  type: "object",
  properties: { reason: { type: "string" }, better: { type: "string", enum: ["A", "B", "same"] } },
  required: ["reason", "better"],
  additionalProperties: false,
};

/**
 * Asks twice with the sides swapped, because judges favour a side (Wang et al., "Large Language Models are not Fair Evaluators", 2023): a choice that
 * changes with the side comes to no difference.
 */
export const judgePairwise = definePairScorer({
  type: "judge/pairwise",
  version: 2,
  title: { en: "Preferred by a model", zh: "模型偏好" },
  summary: {
    en: "A language model chooses between the baseline's answer and a variant's, with sides swapped. It counts only after you have compared it with people's choices and accepted it.",
    zh: "由语言模型在基线与变体的回答之间选择，并交换左右各问一次。只有在与人工选择比较并认可之后才会计入结论。",
  },
  config: z.object(judgeFields),
  needs: { output: true, expected: false },
  asksModel: true,
  judge: true,
  prefer: async ({ config, row, first, second, expected }, { chat }) => {
    const answered = [first, second].map(({ run, output }) => run.status === "success" && output !== undefined);
    if (!answered[0] || !answered[1]) return { value: Number(answered[1]) - Number(answered[0]) };
    const texts = [asText(first.output), asText(second.output)] as const;
    if (texts[0] === texts[1]) return { value: 0 };
    let [sum, shown, given, reason, unread] = [0, 0, 0, "", ""];
    for (let repeat = 0; repeat < config.repeats; repeat += 1)
      for (const swapped of [false, true]) {
        const [a, b] = swapped ? [texts[1], texts[0]] : texts;
        const reply = await askJudge(chat, {
          config,
          task: "You compare two answers, A and B.",
          form: 'Say in one sentence, in the language of the criteria, what makes the difference, then choose. Reply with JSON: {"reason": "...", "better": "A" | "B" | "same"}',
          inputs: row.inputs,
          expected,
          answers: { A: a, B: b },
          schema,
          repeat,
        });
        const read = readChoice(reply.text);
        if (read === null) {
          unread = unreadReply("choice", reply);
          continue;
        }
        const { better } = read;
        sum += better === "same" ? 0 : (better === "B") === swapped ? -1 : 1;
        shown += better === "same" ? 0 : better === "A" ? 1 : -1;
        given += 1;
        reason = read.reason;
      }
    return given === 0
      ? { value: null, reason: unread }
      : {
          value: sum / given,
          side: shown / given,
          reason: [reason.slice(0, 500), unread].filter((text) => text !== "").join("\n"),
        };
  },
});
