import { z } from "zod";
import { defineScorer } from "../../contract/scorer";

export const runLatency = defineScorer({
  type: "run/latency",
  version: 1,
  title: { en: "Latency", zh: "耗时" },
  summary: { en: "How long the run took, in milliseconds.", zh: "运行所用的时间（毫秒）。" },
  config: z.object({}),
  needs: { output: false, expected: false },
  asksModel: false,
  judge: false,
  metrics: [
    {
      key: "duration",
      title: { en: "Latency", zh: "耗时" },
      scale: "number",
      better: "lower",
      unit: "milliseconds",
      timed: true,
    },
  ],
  // A run that failed early is not a fast one.
  score: ({ run }) => ({ values: { duration: run.status === "success" ? run.durationMs : null } }),
});
