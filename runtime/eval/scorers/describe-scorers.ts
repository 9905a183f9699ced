import type { Locale } from "@/runtime/node/localized";
import type { AnyScorer } from "../contract/scorer";
import { isPairScorer } from "../contract/scorer";
import { metricsOf } from "./metrics-of";

const words = {
  en: {
    title: "Scorers",
    other: "[中文](scorers.zh.md)",
    lead: "What an experiment can score answers by. Each is one file under `runtime/eval/scorers`; this page is made of them.",
    head: "| metric | values | better |\n|---|---|---|",
    scale: { binary: "yes or no", unit: "0 to 1", number: "a number" },
    corpus: "over all rows",
    better: { higher: "higher", lower: "lower" },
    expected: "Needs an expected value.",
    model: "Asks a model or a pipeline: it takes time and money.",
    judge: "Counts only after it was compared with people and accepted.",
    person: "People answer on the review page.",
    pair: "Compares each variant with the baseline.",
  },
  zh: {
    title: "评分器",
    other: "[English](scorers.md)",
    lead: "实验可用的评分方式。每个评分器是 `runtime/eval/scorers` 下的一个文件，本页由它们生成。",
    head: "| 指标 | 取值 | 更优 |\n|---|---|---|",
    scale: { binary: "是或否", unit: "0 到 1", number: "数值" },
    corpus: "全部行合计",
    better: { higher: "越高越好", lower: "越低越好" },
    expected: "需要期望值。",
    model: "会调用模型或流水线，需要时间和费用。",
    judge: "与人工比较并被认可之后才计入结论。",
    person: "由人在评审页回答。",
    pair: "把每个变体与基线相比较。",
  },
} as const;

/** The page of the docs about all scorers, as Markdown. */
export const describeScorers = (scorers: readonly AnyScorer[], locale: Locale): string => {
  const t = words[locale];
  const parts = scorers.map((scorer) => {
    const notes = [
      scorer.needs.expected ? t.expected : "",
      scorer.asksModel ? t.model : "",
      scorer.judge ? t.judge : "",
      scorer.asksPerson === true ? t.person : "",
      isPairScorer(scorer) ? t.pair : "",
    ].filter((note) => note !== "");
    const rows = metricsOf(scorer).map(
      ({ key, title, scale, better, corpus }) =>
        `| ${title[locale]} · \`${key}\` | ${t.scale[scale]}${corpus === undefined ? "" : `, ${t.corpus}`} | ${t.better[better]} |`,
    );
    return [
      `## ${scorer.title[locale]} · \`${scorer.type}\``,
      [scorer.summary[locale], ...notes].join(" "),
      [t.head, ...rows].join("\n"),
    ].join("\n\n");
  });
  return `${[`# ${t.title}`, t.other, t.lead, ...parts].join("\n\n")}\n`;
};
