import { type Locale, type Localized, localize } from "@/runtime/node/localized";
import { type CsvValue, csvLine } from "@/runtime/text/csv";
import type { Report } from "../contract/report";
import { reportLines } from "./report-table";

type Line = ReturnType<typeof reportLines>[number];

export interface ReportColumn {
  readonly name: string;
  readonly says: Localized;
  readonly of: (line: Line, report: Report) => CsvValue;
}

const column = (name: string, en: string, zh: string, of: ReportColumn["of"]): ReportColumn => ({
  name,
  says: { en, zh },
  of,
});

/** Columns of the report as a table, in order; what each holds stands in docs/exports.md too. New ones are added behind the last. */
export const reportColumns: readonly ReportColumn[] = [
  column("metric_id", "id of scorer and metric", "评分器与指标的 ID", ({ metric }) => metric.id),
  column("metric", "its name", "指标名称", ({ title }) => title),
  column("variant", "name of the variant", "变体名称", ({ label }) => label),
  column("baseline", "whether it is the baseline", "是否为基线", ({ baseline }) => baseline),
  column(
    "rows",
    "cases that have a value",
    "有数值的用例数",
    ({ value, comparison }) => value?.rows ?? comparison?.rows ?? null,
  ),
  column("missing", "cases without", "没有数值的用例数", ({ value }) => value?.missing ?? null),
  column(
    "value",
    "mean, in the metric's own units",
    "均值，指标自身单位",
    ({ value }) => value?.estimate?.value ?? null,
  ),
  column("low", "lower end of its interval", "区间下限", ({ value }) => value?.estimate?.low ?? null),
  column("high", "upper end", "区间上限", ({ value }) => value?.estimate?.high ?? null),
  column("method", "kind of interval", "区间类型", ({ value }) => value?.estimate?.method ?? null),
  column(
    "difference",
    "variant minus baseline, on the cases that both have",
    "变体减基线，取双方都有的用例",
    ({ comparison }) => comparison?.difference?.value ?? null,
  ),
  column(
    "difference_low",
    "lower end of its interval",
    "差异区间下限",
    ({ comparison }) => comparison?.difference?.low ?? null,
  ),
  column("difference_high", "upper end", "差异区间上限", ({ comparison }) => comparison?.difference?.high ?? null),
  column(
    "confidence",
    "confidence of that interval",
    "该区间的置信度",
    ({ comparison }) => comparison?.confidence ?? null,
  ),
  column(
    "difference_method",
    "kind of interval",
    "差异区间类型",
    ({ comparison }) => comparison?.difference?.method ?? null,
  ),
  column("test", "name of the test", "检验名称", ({ comparison }) => comparison?.test?.name ?? null),
  column("p_value", "its p", "p 值", ({ comparison }) => comparison?.test?.pValue ?? null),
  column(
    "adjusted_p_value",
    "p after the correction for many comparisons",
    "多重比较校正后的 p 值",
    ({ comparison }) => comparison?.test?.adjustedPValue ?? null,
  ),
  column(
    "decision",
    "`better`, `worse`, `not-worse`, `no-difference` or `inconclusive`",
    "`better`、`worse`、`not-worse`、`no-difference` 或 `inconclusive`",
    ({ comparison }) => comparison?.decision ?? null,
  ),
  column(
    "counts",
    "whether the metric counts: a judge must be accepted",
    "指标是否计入（评审模型须先被认可）",
    ({ metric }) => metric.counts,
  ),
  column(
    "independent_cases",
    "cases of the difference that are independent: those of one group, and copies, count once",
    "差异所依据的相互独立的用例数（同组与重复的算一个）",
    ({ comparison }) => comparison?.clusters ?? null,
  ),
  column(
    "counted_as_worst",
    "cases that count as the worst value seen, because an answer failed or could not be read",
    "因回答失败或无法解析而按所见最差值计入的用例数",
    ({ value }) => (value === null ? null : (value.lacking ?? 0)),
  ),
  column(
    "left_out_apart",
    "cases left out because their answers are of different experiments",
    "因回答来自不同实验而排除的用例数",
    ({ metric }) => metric.apart ?? 0,
  ),
  column(
    "median",
    "of times, tokens and costs: half of the cases lie below",
    "耗时、词元、费用：中位数",
    ({ value }) => value?.quantiles?.median ?? null,
  ),
  column("p95", "of these: 95 of 100 lie below", "同上：第 95 百分位", ({ value }) => value?.quantiles?.p95 ?? null),
  column(
    "typical_difference",
    "difference of the usual case, a median",
    "典型用例的差异（中位数）",
    ({ comparison }) => comparison?.typical?.value ?? null,
  ),
  column(
    "typical_low",
    "lower end of its interval",
    "其区间下限",
    ({ comparison }) => comparison?.typical?.low ?? null,
  ),
  column("typical_high", "upper end", "其区间上限", ({ comparison }) => comparison?.typical?.high ?? null),
  column("error", "standard error of the difference", "差异的标准误", ({ comparison }) => comparison?.error ?? null),
  column("effect_size", "size of the effect", "效应量", ({ comparison }) => comparison?.effectSize?.value ?? null),
  column("effect_size_name", "which one", "效应量名称", ({ comparison }) => comparison?.effectSize?.name ?? null),
  column(
    "margin",
    "loss that was said beforehand to be acceptable",
    "事先约定可接受的损失",
    ({ comparison }) => comparison?.nonInferiority?.margin ?? null,
  ),
  column(
    "not_worse_p",
    "p of “worse by the margin or more”",
    "“更差且达到约定幅度”的 p 值",
    ({ comparison }) => comparison?.nonInferiority?.pValue ?? null,
  ),
  column(
    "detectable",
    "smallest true difference that would be found in four of five tries",
    "八成把握能发现的最小真实差异",
    ({ comparison }) => comparison?.detectable ?? null,
  ),
  column(
    "more_cases",
    "cases more that would settle it in four of five tries",
    "八成把握见分晓还需的用例数",
    ({ comparison }) => comparison?.moreRows ?? null,
  ),
  column("turned_by_missing", "whether missing values could turn it", "缺失值是否可能使结论翻转", ({ comparison }) =>
    comparison === null ? null : (comparison.turnedByMissing ?? false),
  ),
  column("wins", "cases where the variant is better", "变体更好的用例数", ({ comparison }) => comparison?.wins ?? null),
  column("losses", "worse", "更差的用例数", ({ comparison }) => comparison?.losses ?? null),
  column("ties", "the same", "相同的用例数", ({ comparison }) => comparison?.ties ?? null),
  column(
    "judge_labels",
    "labels of people that correct the judge",
    "用于校正评审模型的人工标注数",
    ({ comparison }) => comparison?.corrected?.labels ?? null,
  ),
  column(
    "judge_alone",
    "difference that the judge alone says",
    "仅凭评审模型得出的差异",
    ({ comparison }) => comparison?.corrected?.judge ?? null,
  ),
  column(
    "judge_weight",
    "how far the judge is leant on: 0 is people alone",
    "对评审模型的倚重程度：0 表示只看人工",
    ({ comparison }) => comparison?.corrected?.lambda ?? null,
  ),
  column(
    "may_be_best",
    "of three variants or more, by the main metric: whether no other is surely better",
    "三个及以上变体、按主要指标：是否没有其他变体确定更好",
    ({ metric, variant }, { best, primary }) =>
      best === undefined || metric.id !== primary ? null : best.variants.includes(variant),
  ),
  column(
    "likely_gain",
    "of the best of several: its gain, allowing for the luck of being picked",
    "多个变体中最好的一个：扣除入选运气后的增益",
    ({ metric, variant }, { best, primary }) =>
      best === undefined || metric.id !== primary || best.leader !== variant ? null : best.gain,
  ),
  column(
    "answers",
    "answers of the variant",
    "该变体的回答数",
    ({ variant }, { variants }) => variants[variant]?.cells ?? null,
  ),
  column(
    "failures",
    "of these: failed",
    "其中失败的",
    ({ variant }, { variants }) => variants[variant]?.failures ?? null,
  ),
  column(
    "unanswered",
    "that could not be had",
    "未能取得的回答数",
    ({ variant }, { variants }) => variants[variant]?.unanswered ?? 0,
  ),
  column(
    "not_whole",
    "that went on with a reply cut off, held back or empty",
    "所用回复被截断、拦截或为空的回答数",
    ({ variant }, { variants }) => variants[variant]?.notWhole ?? 0,
  ),
  column(
    "attempts",
    "attempts at all its answers: runs, and steps that were tried again",
    "所有回答的尝试次数：运行，以及重试的步骤",
    ({ variant }, { variants }) => variants[variant]?.attempts ?? variants[variant]?.cells ?? null,
  ),
  column("failed_attempts", "of these: failed", "其中失败的", ({ variant }, { variants }) => {
    const { cells = 0, attempts = cells, failures = 0 } = variants[variant] ?? {};
    return attempts - cells + failures;
  }),
  column(
    "reused",
    "taken from an earlier experiment",
    "取自早先实验的回答数",
    ({ variant }, { variants }) => variants[variant]?.cached ?? null,
  ),
  column(
    "reused_failures",
    "of these: failures, which are not tried until they succeed",
    "其中的失败（不会反复重试直到成功）",
    ({ variant }, { variants }) => variants[variant]?.cachedFailures ?? 0,
  ),
  column("look", "which look at this question it is", "对该问题的第几次查看", (_, { look }) => look?.number ?? 1),
  column(
    "look_alpha",
    "error allowed to this look",
    "本次查看允许的错误率",
    (_, { look, confidence }) => look?.own ?? 1 - confidence,
  ),
  column("copies", "cases that repeat another", "与其他用例重复的用例数", (_, { copies }) => copies ?? 0),
  column(
    "independent_groups",
    "independent groups of all cases",
    "全部用例中相互独立的组数",
    (_, { clusters, rows }) => clusters ?? rows,
  ),
  column(
    "repeats",
    "answers of each variant to each case",
    "每个变体对每个用例的回答次数",
    (_, { repeats }) => repeats,
  ),
  column("seed", "seed of every draw", "随机种子", (_, { seed }) => seed),
  column(
    "correction",
    "rule that corrects for many comparisons",
    "多重比较的校正方法",
    (_, { correction }) => correction ?? null,
  ),
  column(
    "cautions",
    "what a careful reader should know of this difference, by name",
    "谨慎的读者应了解的事项（名称）",
    ({ comparison }) => comparison?.cautions?.join(" ") ?? null,
  ),
  column(
    "dropped_after",
    "cases after which a loser was not run any further; empty where it was run to the end",
    "落败的变体在多少个用例后不再运行；运行到底则为空",
    ({ variant }, { dropped }) => dropped?.find((each) => each.variant === variant)?.rows ?? null,
  ),
  column(
    "dropped_for",
    "name of the variant that was better",
    "胜出的变体名称",
    ({ variant }, { dropped, variants }) => {
      const by = dropped?.find((each) => each.variant === variant)?.by;
      return by === undefined ? null : (variants[by]?.label ?? null);
    },
  ),
];

/** The report as a table, a line for every metric of every variant. Numbers in the metric's own units. */
export const reportCsv = (report: Report, locale: Locale): string => {
  const lines = reportLines(report, locale).map((line) => reportColumns.map(({ of }) => of(line, report)));
  return [reportColumns.map(({ name }) => name), ...lines].map(csvLine).join("");
};

/** A column as its line in the documentation. */
export const describeColumn = ({ name, says }: Pick<ReportColumn, "name" | "says">, locale: Locale): string =>
  `| \`${name}\` | ${localize(says, locale)} |`;
