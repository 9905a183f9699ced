import type { Locale } from "@/runtime/node/localized";
import type { Report, SameVersion } from "../contract/report";
import { formatBound, formatDifference, formatValue, percentOf } from "./format-value";

/** Segments named; more would be a table. */
const mostInteractions = 2;

const listed = (names: readonly string[], locale: Locale): string =>
  new Intl.ListFormat(locale === "zh" ? "zh-CN" : "en", { type: "conjunction" }).format(names);

/** A version against itself. */
const saidOfSame = ({ verdict }: Report, { draws, called, promised }: SameVersion, locale: Locale): string => {
  const zh = locale === "zh";
  const share = (value: number | null) => formatValue(value ?? 0, { scale: "unit", unit: null, kind: "mean" }, locale);
  const counted = draws.toLocaleString(zh ? "zh-CN" : "en-US");
  const rate = zh
    ? `同一版本与自身比较：从这些用例重新抽取的 ${counted} 次实验中，有 ${share(called.value)}（${share(called.low)} 至 ${share(called.high)}）误报差异；承诺不超过 ${share(promised)}。`
    : `The same version against itself: of ${counted} experiments drawn anew from these cases, ${share(called.value)} (${share(called.low)} to ${share(called.high)}) call a difference where there is none; ${share(promised)} may.`;
  if (verdict.kind !== "better" && verdict.kind !== "worse") return rate;
  return zh
    ? `${rate}这一次就报了差异：要么是偶然，要么另有原因（先后次序、时间、缓存）。`
    : `${rate} This one did: by chance, or because something other than the version makes a difference here (order, time, a cache).`;
};

/** What belongs beside the verdict: who may be as good, what the best of several is likely to gain, where it is the other way round, and how often it was asked. */
export const sayNotes = (report: Report, locale: Locale): string[] => {
  const zh = locale === "zh";
  const { verdict, best, interactions = [], look } = report;
  const metric = report.metrics.find(({ id }) => id === verdict.metric);
  if (metric === undefined) return [];
  const name = (variant: number) => report.variants[variant]?.label ?? "";
  const quoted = (variant: number) => (zh ? `“${name(variant)}”` : name(variant));
  const points = (value: number) => formatDifference(value, metric, locale);
  const notes: string[] = [];
  if (report.sameVersion) notes.push(saidOfSame(report, report.sameVersion, locale));
  for (const { variant, rows, by, lead, confidence } of report.dropped ?? []) {
    const [low, high] = [lead.low, lead.high].map((each) => (each === null ? "?" : formatBound(each, metric, locale)));
    notes.push(
      zh
        ? `${quoted(variant)}在 ${rows}/${report.rows} 个用例后被淘汰：${quoted(by)}确定更好，领先 ${points(lead.value)}（${percentOf(confidence)} % 区间 ${low} 至 ${high}）。`
        : `${name(variant)} was dropped after ${rows} of ${report.rows} cases: ${name(by)} is surely better, by ${points(lead.value)} (${percentOf(confidence)} % interval ${low} to ${high}).`,
    );
  }
  if (verdict.kind === "single" || verdict.kind === "too-early") return notes;
  if (best && verdict.kind === "better" && verdict.variant !== null) {
    const others = best.variants.filter((variant) => variant !== verdict.variant).map(quoted);
    if (others.length > 0)
      notes.push(
        zh
          ? `${listed(others, locale)}可能同样好：无法确定${quoted(verdict.variant)}更好。`
          : `${listed(others, locale)} may be as good: nothing shows that ${name(verdict.variant)} is better than ${others.length > 1 ? "they are" : "it"}.`,
      );
    if (best.gain !== null && best.leader === verdict.variant)
      notes.push(
        zh
          ? `从 ${report.variants.length} 个变体中选出最好的，难免带有运气：下次的差异更可能约为 ${points(best.gain)}。`
          : `The best of ${report.variants.length} is partly lucky: next time, about ${points(best.gain)} is more likely.`,
      );
  }
  for (const { variant, name: segment, rows, within, without } of interactions.slice(0, mostInteractions))
    notes.push(
      zh
        ? `${quoted(variant)}并非处处如此：在“${segment}”上 ${points(within)}（${rows} 个用例），在其余用例上 ${points(without)}。`
        : `${name(variant)} does not do the same everywhere: ${points(within)} on “${segment}” (${rows} cases), ${points(without)} on the others.`,
    );
  const adjusted = metric.comparisons.find(({ variant }) => variant === verdict.variant)?.adjusted;
  if (adjusted) {
    const gain = Math.round(100 * adjusted.gain);
    notes.push(
      zh
        ? `已按事先所知对差异作调整（未调整时为 ${points(adjusted.plain)}）：${gain > 0 ? `方差减小 ${gain} %` : "方差未减小"}。`
        : `The difference is adjusted for what was known of the cases before (without: ${points(adjusted.plain)}): ${gain > 0 ? `its variance is ${gain} % smaller` : "its variance is no smaller"}.`,
    );
  }
  if (look && look.number > 1)
    notes.push(
      zh
        ? `这是对同一问题的第 ${look.number} 次查看，因此所要求的把握更高。`
        : `This is look ${look.number} at the same question, so it has to be surer.`,
    );
  return notes;
};
