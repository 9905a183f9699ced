import { z } from "zod";
import { defineScorer } from "../../contract/scorer";

export const runTokens = defineScorer({
  type: "run/tokens",
  version: 1,
  title: { en: "Tokens", zh: "词元数" },
  summary: { en: "Tokens that went into models and came out of them.", zh: "输入模型和模型输出的词元数。" },
  config: z.object({}),
  needs: { output: false, expected: false },
  asksModel: false,
  judge: false,
  metrics: [
    { key: "input", title: { en: "Input tokens", zh: "输入词元" }, scale: "number", better: "lower", unit: "tokens" },
    { key: "output", title: { en: "Output tokens", zh: "输出词元" }, scale: "number", better: "lower", unit: "tokens" },
  ],
  score: ({ run }) => ({
    values:
      run.status === "success" ? { input: run.inputTokens, output: run.outputTokens } : { input: null, output: null },
  }),
});
