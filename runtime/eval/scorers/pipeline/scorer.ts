import { z } from "zod";
import { field } from "@/runtime/node/field";
import { defineScorer } from "../../contract/scorer";
import { share } from "../lib/metrics";

const name = (title: { en: string; zh: string }, usual: string) =>
  z
    .string()
    .trim()
    .max(128)
    .default(usual)
    .meta(field({ title, control: "text" }));

export const pipelineScorer = defineScorer({
  type: "pipeline/scorer",
  version: 1,
  title: { en: "A pipeline as scorer", zh: "以流水线评分" },
  summary: {
    en: "Runs another pipeline of yours on the answer; one of its outputs is the score: a number from 0 to 1, or yes and no.",
    zh: "用你的另一条流水线来评判回答；它的一个输出就是得分：0 到 1 之间的数，或是与否。",
  },
  config: z.object({
    pipelineId: z
      .string()
      .trim()
      .max(64)
      .default("")
      .meta(
        field({
          title: { en: "Pipeline", zh: "流水线" },
          help: { en: "Its id: the last part of its address.", zh: "流水线的 ID：其地址的最后一段。" },
          control: "text",
        }),
      ),
    answer: name({ en: "Input for the answer", zh: "接收回答的输入" }, "answer"),
    expected: name({ en: "Input for the expected value (empty: none)", zh: "接收期望答案的输入（留空则无）" }, ""),
    score: name({ en: "Output that is the score", zh: "作为得分的输出" }, "score"),
  }),
  needs: { output: true, expected: false },
  asksModel: true,
  judge: true,
  metrics: [share("score", { en: "Score of the pipeline", zh: "流水线得分" })],
  score: async ({ config, row, output, expected, run }, { runPipeline }) => {
    if (run.status === "failure" || output === undefined) return { values: { score: 0 } };
    const outputs = await runPipeline(config.pipelineId, {
      ...row.inputs,
      [config.answer]: output,
      ...(config.expected !== "" && { [config.expected]: expected ?? "" }),
    });
    const given = outputs[config.score];
    const value =
      typeof given === "boolean"
        ? Number(given)
        : typeof given === "string" && given.trim() !== ""
          ? Number(given)
          : given;
    return typeof value === "number" && value >= 0 && value <= 1
      ? { values: { score: value } }
      : { values: { score: null }, reason: `The output "${config.score}" is no number from 0 to 1.` };
  },
});
