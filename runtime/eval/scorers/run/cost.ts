import { z } from "zod";
import { defineScorer } from "../../contract/scorer";

export const runCost = defineScorer({
  type: "run/cost",
  version: 1,
  title: { en: "Cost", zh: "成本" },
  summary: {
    en: "What the model calls of the run cost. Rows with a model of unknown price are left out.",
    zh: "运行中模型调用的费用。价格未知的模型所在的行不计入。",
  },
  config: z.object({}),
  needs: { output: false, expected: false },
  asksModel: false,
  judge: false,
  metrics: [
    {
      key: "cost",
      title: { en: "Cost", zh: "成本" },
      scale: "number",
      better: "lower",
      unit: "micro-usd",
      timed: true,
    },
  ],
  score: ({ run }) => ({ values: { cost: run.status === "success" ? run.costMicroUsd : null } }),
});
