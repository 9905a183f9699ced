import type { Locale } from "@/runtime/node/localized";
import type { MetricReport } from "../contract/report";

/** As much of a metric as writing its values takes. */
export type Measure = Pick<MetricReport, "scale" | "unit" | "kind">;

const isShare = ({ scale, unit, kind }: Measure) => unit === null && (scale !== "number" || kind === "pair");

const digits = (value: number, locale: Locale, most: number) =>
  new Intl.NumberFormat(locale === "zh" ? "zh-CN" : "en-US", { maximumFractionDigits: most }).format(value);

/** Never 0 where it is not: what is too small for the digits usual shows its first one that counts. */
const told = (value: number, locale: Locale, most: number) => {
  const isSeen = value === 0 || Math.abs(value) >= 0.5 * 10 ** -most;
  return digits(value, locale, isSeen ? most : Math.min(12, Math.ceil(-Math.log10(Math.abs(value)))));
};

/** Three figures that count, and no more than the reader compares. */
const plain = (value: number, locale: Locale) => {
  const size = Math.abs(value);
  return told(value, locale, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 4);
};

const counted = {
  tokens: { en: "tokens", zh: "个 token" },
  characters: { en: "characters", zh: "个字符" },
  words: { en: "words", zh: "个词" },
  edits: { en: "edits", zh: "处编辑" },
} as const;

const amount = (value: number, { unit }: Measure, locale: Locale): string => {
  switch (unit) {
    case null:
      return plain(value, locale);
    case "milliseconds":
      return Math.abs(value) >= 1_000 ? `${digits(value / 1_000, locale, 2)} s` : `${plain(value, locale)} ms`;
    case "micro-usd": {
      const dollars = Math.abs(value) / 1e6;
      const least = dollars >= 1 ? 2 : dollars >= 0.01 ? 4 : 6;
      return `${value < 0 ? "-" : ""}$${digits(dollars, locale, least)}`;
    }
    default:
      return `${plain(value, locale)} ${counted[unit][locale]}`;
  }
};

const minus = (text: string) => text.replace("-", "−");

/** A value as people read it: `62.5 %`, `1.2 s`, `$0.0012`, `310 tokens`. */
export const formatValue = (value: number, measure: Measure, locale: Locale): string =>
  minus(isShare(measure) ? `${told(value * 100, locale, 1)} %` : amount(value, measure, locale));

/** A number with its sign and without its unit's word for shares, as in `+2.1 to +10.3`. */
export const formatBound = (value: number, measure: Measure, locale: Locale): string => {
  const text = isShare(measure) ? told(value * 100, locale, 1) : amount(value, measure, locale);
  return minus(value > 0 && /[1-9]/.test(text) ? `+${text}` : /[1-9]/.test(text) ? text : text.replace("-", ""));
};

/** A difference as people read it: `+6.2 points`, `−40 ms`. */
export const formatDifference = (value: number, measure: Measure, locale: Locale): string =>
  `${formatBound(value, measure, locale)}${isShare(measure) ? (locale === "zh" ? " 个百分点" : " points") : ""}`;

/** A relative change: `+12 %`. */
export const formatRelative = (value: number, locale: Locale): string => {
  const text = digits(value * 100, locale, Math.abs(value) < 0.1 ? 1 : 0);
  return minus(`${value > 0 ? "+" : ""}${text} %`);
};

/** The confidence as people write it: `95`, or `98.3` where a correction made it more. */
export const percentOf = (confidence: number): string => `${Math.floor(confidence * 1_000 + 1e-6) / 10}`;

/** A number of cases that is a guess: two figures, where it has more. */
export const roundCases = (cases: number): number => (cases < 20 ? cases : Number(cases.toPrecision(2)));
