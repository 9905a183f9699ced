import { type Locale, localize } from "@/runtime/node/localized";
import type { Report } from "../contract/report";
import { formatBound, formatDifference, formatValue, percentOf } from "./format-value";
import { cautions, lookUp, methods, tests } from "./glossary";
import { decisionNames, reportLines } from "./report-table";
import { sayNotes } from "./say-notes";
import { sayVerdict } from "./say-verdict";

export interface ReportNames {
  readonly experiment: string;
  readonly pipeline: string;
  readonly dataset: string;
}

/** Names are people's: nothing in them may become markup. */
const plain = (text: string) => text.replaceAll(/[\r\n]+/g, " ").replaceAll(/[\\`*_{}[\]<>#|~!&]/g, "\\$&");
const pText = (p: number) => (p < 0.001 ? "< 0.001" : p.toFixed(3));

/** The report as Markdown, to be put into a pull request or a mail. */
export const reportMarkdown = (report: Report, names: ReportNames, locale: Locale): string => {
  const zh = locale === "zh";
  const head = zh
    ? ["指标", "变体", "数值", "与基线之差", "区间", "检验", "校正后 p", "结论"]
    : ["Metric", "Variant", "Value", "Against the baseline", "Interval", "Test", "Adjusted p", "Decision"];
  const lines = reportLines(report, locale).map(({ metric, title, label, baseline, value, comparison }) => {
    const { difference, test, confidence, decision } = comparison ?? {};
    const bounds =
      difference && difference.low !== null && difference.high !== null && confidence !== undefined
        ? `${percentOf(confidence)} %: ${formatBound(difference.low, metric, locale)} … ${formatBound(difference.high, metric, locale)}`
        : "";
    return [
      plain(title),
      `${plain(label)}${baseline ? (zh ? "（基线）" : " (baseline)") : ""}`,
      value?.estimate ? formatValue(value.estimate.value, metric, locale) : "",
      difference ? formatDifference(difference.value, metric, locale) : "",
      bounds,
      test ? localize(lookUp(tests, test.name).name, locale) : "",
      test ? pText(test.adjustedPValue) : "",
      decision === undefined ? "" : localize(decisionNames[decision], locale),
    ];
  });
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const used = new Set(
    report.metrics.flatMap(({ comparisons }) => comparisons.flatMap(({ difference }) => difference?.method ?? [])),
  );
  const explain = (entries: readonly ReturnType<typeof lookUp>[]) =>
    entries.map(({ name, says }) => `- **${localize(name, locale)}**${zh ? "：" : ": "}${localize(says, locale)}`);
  return [
    `# ${plain(names.experiment)}`,
    "",
    plain(sayVerdict(report, locale)),
    "",
    ...sayNotes(report, locale).flatMap((note) => [plain(note), ""]),
    `${zh ? "流水线" : "Pipeline"}: ${plain(names.pipeline)} · ${zh ? "数据集" : "Dataset"}: ${plain(names.dataset)} · ${report.rows} ${zh ? "个用例" : "cases"} × ${report.repeats} · ${report.madeAt}`,
    "",
    row(head),
    row(head.map(() => "---")),
    ...lines.map(row),
    "",
    ...explain(report.verdict.cautions.map((caution) => lookUp(cautions, caution))),
    "",
    `## ${zh ? "方法" : "Methods"}`,
    "",
    ...explain([...used].map((method) => lookUp(methods, method))),
    "",
  ].join("\n");
};
