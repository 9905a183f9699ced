import { z } from "zod";
import { field } from "@/runtime/node/field";
import type { LabelParts } from "../../contract/label-parts";
import { defineScorer } from "../../contract/scorer";
import { asText } from "../lib/as-text";
import { macroOf } from "../lib/macro";
import { yesOrNo } from "../lib/metrics";
import { normalised } from "../lib/normalised";

const longestLabel = 200;
const label = (value: unknown) => normalised(asText(value)).slice(0, longestLabel);

/** Macro averages are means over the labels that the rows expect, each counting the same. */
export const labelAccuracy = defineScorer({
  type: "label/accuracy",
  version: 2,
  title: { en: "Right label", zh: "标签正确" },
  summary: {
    en: "For answers that are one of a few labels: accuracy, precision, recall and F1 with the same weight for each label, and which labels are mixed up.",
    zh: "用于回答为少数标签之一的情况：准确率、各标签等权的精确率、召回率与 F1，以及哪些标签容易混淆。",
  },
  config: z.object({
    averages: z
      .boolean()
      .default(true)
      .meta(
        field({
          title: { en: "Precision, recall and F1", zh: "精确率、召回率与 F1" },
          control: "switch",
        }),
      ),
  }),
  needs: { output: true, expected: true },
  asksModel: false,
  judge: false,
  metrics: [
    yesOrNo("accuracy", { en: "Accuracy", zh: "准确率" }),
    macroOf("macro-f1", { en: "Macro-F1", zh: "宏平均 F1" }, "f1"),
    macroOf("precision", { en: "Precision (macro)", zh: "精确率（宏平均）" }, "precision"),
    macroOf("recall", { en: "Recall (macro)", zh: "召回率（宏平均）" }, "recall"),
  ],
  score: ({ config, output, expected }) => {
    const [actual, predicted] = [label(expected), label(output)];
    if (actual === "") return { values: { accuracy: null } };
    const parts: LabelParts = { actual, predicted };
    return { values: { accuracy: actual === predicted ? 1 : 0 }, ...(config.averages && { parts }) };
  },
});
