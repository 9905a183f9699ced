import type { Localized } from "@/runtime/node/localized";

interface AnswerColumn {
  readonly name: string;
  readonly says: Localized;
}

const column = (name: string, en: string, zh: string): AnswerColumn => ({ name, says: { en, zh } });

/** Columns of the table of answers that every experiment has: of each case, behind what was asked and expected. What they hold stands in docs/exports.md too. */
export const caseColumns = [
  column("tags", "tags, with | between", "标签，以 | 分隔"),
  column("split", "part of the dataset", "所属划分"),
  column("group", "group, as the dataset has it", "分组（按数据集）"),
  column("weight", "weight", "权重"),
  column(
    "independent group",
    "number of its independent group: cases of one group, and cases that ask the same, have the same",
    "所属独立组的编号：同组或问题相同的用例编号相同",
  ),
] as const;

/** Of each answer, behind `<variant>: ` (and the number of the repeat): before outputs and scores, and behind them. */
export const answerColumns = {
  before: [
    column(
      "status",
      "`success`, `failure` with its reason, or `unanswered`",
      "`success`、`failure`（含原因）或 `unanswered`",
    ),
  ],
  behind: [
    column(
      "people",
      "mean of people's labels, a column for each judge: `people: <scorer>`",
      "人工标注的均值，每个评审一列：`people: <评分器>`",
    ),
    column(
      "attempts",
      "how often it was tried: its run, steps of it that were tried again, and what could not be had before",
      "尝试次数：运行、重试的步骤，以及先前未能取得的提问",
    ),
    column("milliseconds", "time that it took", "耗时（毫秒）"),
    column("input tokens", "tokens that went into models; empty where unknown", "输入词元；未知则为空"),
    column("output tokens", "tokens that came out", "输出词元"),
    column("cost in micro-USD", "cost, millionths of a US dollar", "费用（百万分之一美元）"),
    column("taken again", "whether it was taken from an earlier experiment", "是否取自早先的实验"),
    column("answered in", "id of that experiment", "该实验的 ID"),
    column("run", "id of the run that gave it", "产生该回答的运行 ID"),
  ],
} as const;
