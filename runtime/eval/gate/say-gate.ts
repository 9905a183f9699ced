import type { Locale } from "@/runtime/node/localized";
import { formatDifference, formatValue, percentOf, roundCases } from "../say/format-value";
import type { GateResult } from "./judge-gate";

const doubts = {
  en: {
    "failed-runs": "too many of its runs failed",
    "too-few-rows": "too few independent rows to be sure",
    "judge-not-accepted": "its judge has not been accepted yet",
    "no-value": "nothing was measured",
    incomplete: "answers are missing",
  },
  zh: {
    "failed-runs": "失败的运行过多",
    "too-few-rows": "相互独立的行太少，无法确定",
    "judge-not-accepted": "其评审模型尚未被认可",
    "no-value": "没有测到任何值",
    incomplete: "还缺少回答",
  },
} as const;

/** What was asked, in words: "Accuracy: not worse than live by more than 2.0 points". */
export const sayAsked = ({ title, asked, scale, unit, kind }: GateResult, locale: Locale): string => {
  const name = title[locale];
  const bound =
    asked.kind === "not-worse"
      ? formatDifference(asked.bound, { scale, unit, kind }, locale).replace(/^\+/, "")
      : formatValue(asked.bound, { scale, unit, kind }, locale);
  if (locale === "zh") {
    if (asked.kind === "not-worse") return `${name}：不比线上版本差 ${bound} 以上`;
    return asked.kind === "floor" ? `${name}：不低于 ${bound}` : `${name}：不高于 ${bound}`;
  }
  if (asked.kind === "not-worse") return `${name}: not worse than live by more than ${bound}`;
  return asked.kind === "floor" ? `${name}: at least ${bound}` : `${name}: at most ${bound}`;
};

/** Held against the value itself, not against what is live. */
const isAbout = ({ asked }: GateResult): boolean => asked.kind !== "not-worse";

const rangeOf = ({ value, confidence, scale, unit, kind }: GateResult, locale: Locale): string | null => {
  if (value === null || value.low === null || value.high === null || confidence === undefined) return null;
  const [low, high] = [value.low, value.high].map((each) => formatValue(each, { scale, unit, kind }, locale));
  return locale === "zh"
    ? `${percentOf(confidence)} % 区间 ${low} 至 ${high}`
    : `${percentOf(confidence)} % interval ${low} to ${high}`;
};

/** What was seen, in words: "91.2 %, live 93.0 %, difference -1.8 points (-4.1 to +0.5): too few rows to be sure". */
export const saySeen = (result: GateResult, locale: Locale): string => {
  const { value, live, difference, doubt, moreRows, scale, unit, kind } = result;
  const metric = { scale, unit, kind };
  const zh = locale === "zh";
  const parts: string[] = [];
  if (value !== null) parts.push(formatValue(value.value, metric, locale));
  if (live !== null) parts.push(`${zh ? "线上" : "live"} ${formatValue(live.value, metric, locale)}`);
  if (difference !== null) {
    const [middle, low, high] = [difference.value, difference.low, difference.high].map((each) =>
      each === null ? "?" : formatDifference(each, metric, locale),
    );
    parts.push(zh ? `差异 ${middle}（${low} 至 ${high}）` : `difference ${middle} (${low} to ${high})`);
  }
  const range = isAbout(result) ? rangeOf(result, locale) : null;
  if (range !== null) parts.push(range);
  const seen = parts.join(zh ? "，" : ", ") || (zh ? "无" : "nothing");
  if (doubt === null) {
    if (!isAbout(result) || result.holds !== true || result.isSure !== false) return seen;
    const rows = result.rows ?? 0;
    return zh
      ? `${seen}：达到要求，但仅凭 ${rows} 行，真实值也可能达不到`
      : `${seen}: kept, but with ${rows} rows the true value may be on the other side`;
  }
  const told = `${seen}${zh ? "：" : ": "}${doubts[locale][doubt]}`;
  if (doubt !== "too-few-rows") return told;
  if (result.wanting !== undefined)
    return zh ? `${told}，至少还缺 ${result.wanting} 行` : `${told}, at least ${result.wanting} are wanting`;
  if (moreRows === null) return told;
  const about = roundCases(moreRows);
  return zh
    ? `${told}；若差异保持如此，再加约 ${about} 行有八成把握见分晓`
    : `${told}; if the difference stays as seen, about ${about} more would settle it in four of five tries`;
};
