import type { Locale } from "@/runtime/node/localized";
import type { Report } from "../contract/report";
import { formatBound, formatDifference, formatRelative, percentOf, roundCases } from "./format-value";
import { sayTypical } from "./say-typical";

/** Other metrics named in the sentence. */
const mostBeside = 3;

const lowerFirst = (text: string) => (/^[A-Z][a-z]/.test(text) ? `${text[0]?.toLowerCase()}${text.slice(1)}` : text);

/** What is sure of the usual case where the mean is not judged. */
const typicalOf = (report: Report, id: string, locale: Locale): string => {
  const metric = report.metrics.find((each) => each.id === id);
  const comparison = metric?.comparisons.find(({ variant }) => variant === report.verdict.variant);
  return metric && comparison ? sayTypical(comparison, metric, locale) : "";
};

const besideOf = (report: Report, locale: Locale): string =>
  report.verdict.beside
    .map((beside) => ({ ...beside, typical: typicalOf(report, beside.metric, locale) }))
    .filter(({ decision, typical }) => typical !== "" || (decision !== "inconclusive" && decision !== "not-worse"))
    .slice(0, mostBeside)
    .map(({ metric: id, relative, difference, decision, typical }) => {
      const metric = report.metrics.find((each) => each.id === id);
      if (metric === undefined) return "";
      const title = locale === "zh" ? metric.title.zh : lowerFirst(metric.title.en);
      if (typical !== "") return locale === "zh" ? `；${title}${typical}` : `; ${title} ${typical}`;
      if (decision === "no-difference") return locale === "zh" ? `；${title}不变` : `; ${title} unchanged`;
      const change =
        relative !== null && metric.scale === "number" && metric.kind !== "pair"
          ? formatRelative(relative, locale)
          : formatDifference(difference.value, metric, locale);
      return locale === "zh" ? `；${title} ${change}` : `; ${title} ${change}`;
    })
    .join("");

/** Copies of a case, and cases of one group, count as one. */
const saidOfCases = (rows: number, clusters: number, zh: boolean): string => {
  const apart = clusters < rows ? (zh ? `，其中 ${clusters} 个相互独立` : `, ${clusters} of them independent`) : "";
  return zh ? `，${rows} 个用例${apart}` : `, ${rows} ${rows === 1 ? "case" : "cases"}${apart}`;
};

/** What the experiment says, in one sentence for the person who asked. */
export const sayVerdict = (report: Report, locale: Locale): string => {
  const { verdict } = report;
  const metric = report.metrics.find(({ id }) => id === verdict.metric);
  const zh = locale === "zh";
  if (verdict.kind === "single")
    return zh ? "只有一个变体：没有可比较的对象。" : "One variant: there is nothing to compare it with.";
  if (verdict.kind === "too-early")
    return zh
      ? `还为时过早：已完成 ${report.cells.done}/${report.cells.total}，目前没有可靠的差异。`
      : `Too early to say: ${report.cells.done} of ${report.cells.total} answers, and no difference that is sure yet.`;
  if (metric === undefined || verdict.variant === null || verdict.difference === null)
    return zh ? "无法判断：没有两个变体都得到评分的用例。" : "Cannot say: no case was scored for both variants.";
  const { value, low, high } = verdict.difference;
  const name = report.variants[verdict.variant]?.label ?? "";
  const other = report.variants[verdict.baseline]?.label ?? "";
  const title = zh ? metric.title.zh : lowerFirst(metric.title.en);
  const comparison = metric.comparisons.find(({ variant }) => variant === verdict.variant);
  const confidence = comparison?.confidence ?? report.confidence;
  const range =
    low === null || high === null
      ? ""
      : zh
        ? `，${percentOf(confidence)} % 区间 ${formatBound(low, metric, locale)} 至 ${formatBound(high, metric, locale)}`
        : `, ${percentOf(confidence)} % interval ${formatBound(low, metric, locale)} to ${formatBound(high, metric, locale)}`;
  const cases = saidOfCases(verdict.rows, comparison?.clusters ?? verdict.rows, zh);
  const usual = typicalOf(report, metric.id, locale);
  const typical = usual === "" ? "" : zh ? `，${usual}` : `, ${usual}`;
  const figures = `${formatDifference(value, metric, locale)}${range}${typical}${cases}${besideOf(report, locale)}`;
  switch (verdict.kind) {
    case "better":
      return zh ? `“${name}”在${title}上更好：${figures}` : `${name} is better on ${title}: ${figures}`;
    case "worse":
      return zh ? `“${name}”在${title}上更差：${figures}` : `${name} is worse on ${title}: ${figures}`;
    case "not-worse":
      return zh
        ? `“${name}”在${title}上不比“${other}”差（在允许的范围内）：${figures}`
        : `${name} is not worse than ${other} on ${title}, within the margin: ${figures}`;
    case "no-difference":
      return zh
        ? `“${name}”与“${other}”在${title}上没有值得一提的差异：${figures}`
        : `${name} and ${other} do not differ on ${title} by anything that matters: ${figures}`;
    case "inconclusive": {
      const more = verdict.moreRows;
      const about = more === null ? 0 : roundCases(more);
      const margin = metric.comparisons.find(({ variant }) => variant === verdict.variant)?.nonInferiority;
      const settle =
        more === null
          ? ""
          : zh
            ? `：若差异保持如此，再加约 ${about} 个用例有八成把握${margin ? "得出是否不更差的结论" : "见分晓"}`
            : `: if the difference stays as seen, about ${about} more cases would ${margin ? "show whether it is not worse" : "settle it"} in four of five tries`;
      return zh ? `尚无定论${settle}（${title} ${figures}）` : `Inconclusive${settle} (${title} ${figures})`;
    }
    default:
      return verdict.kind satisfies never;
  }
};
