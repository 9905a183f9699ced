import { type CalendarDate, datesIn, saysDate, timesIn } from "./dates";
import { chineseNumerals, englishNumber, englishOrdinal, readChineseNumber, readEnglishNumber } from "./number-words";
import { createPlaces } from "./places";
import { type Bound, boundOf, plainAmounts } from "./plain-amounts";
import { currencySigns, type Unit, unitAt } from "./units";

/** What a sentence says that can be right or wrong by itself. `text` is how it is written. */
export type Fact =
  | {
      readonly kind: "quantity";
      readonly text: string;
      readonly value: number;
      readonly unit: Unit | null;
      readonly bound: Bound;
    }
  | { readonly kind: "date"; readonly text: string; readonly dates: readonly CalendarDate[] }
  | { readonly kind: "time"; readonly text: string; readonly minutes: readonly number[] }
  | { readonly kind: "name"; readonly text: string };

/** Words of a sentence of which only certain ones are numbers: in a claim, 一 in 一些 and "one" in "one of them" count nothing. */
type Role = "claim" | "source";

const figure = "\\d{1,3}(?:[,\\u2019'](?=\\d{3}(?!\\d))\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?";
const scaleWords: Readonly<Record<string, number>> = {
  十: 10,
  百: 100,
  千: 1e3,
  万: 1e4,
  萬: 1e4,
  百万: 1e6,
  千万: 1e7,
  亿: 1e8,
  億: 1e8,
  hundred: 100,
  thousand: 1e3,
  k: 1e3,
  million: 1e6,
  mn: 1e6,
  billion: 1e9,
  bn: 1e9,
  trillion: 1e12,
  lakh: 1e5,
  crore: 1e7,
  dozen: 12,
};
const scale = "千万|百万|万|萬|亿|億|千|百|十|hundred|thousand|million|billion|trillion|lakh|crore|dozen|mn|bn|k";
const sign = Object.keys(currencySigns)
  .map((each) => each.replace(/\$/g, "\\$"))
  .join("|");
const digits = new RegExp(
  `(?<code>(?<![\\p{L}\\d.,])(?:[vV]\\d+(?:\\.\\d+){1,5}|(?!\\d{1,3}(?:\\.\\d{3}){1,5}(?![\\d.]))\\d{1,6}(?:\\.\\d{1,6}){2,5}|[A-Za-z]{1,8}-?\\d+[A-Za-z\\d-]{0,20}))|(?:(?<sign>${sign}) ?)?(?<minus>(?<![\\d\\p{L})\\]] ?)[-−–])?(?<per>百分之 ?)?(?<number>${figure})(?: ?/ ?(?<below>\\d{1,4})(?![\\d/]))?(?: ?(?<scale>${scale})(?![A-Za-z]))?(?:st|nd|rd|th)?`,
  "gu",
);
const words = new RegExp(
  `(?<![\\p{L}])(?<english>${englishNumber}|${englishOrdinal}|half|(?:one|two|three) (?:thirds?|quarters?))(?![\\p{L}])|(?<part>百分之[${chineseNumerals}点]{1,12})|(?<fraction>[${chineseNumerals}]{1,6}分之[${chineseNumerals}]{1,6})|(?<tenths>[一二三四五六七八九]成)|(?<rank>第?)(?<chinese>[${chineseNumerals}]{1,20}(?:点[零〇一二三四五六七八九]{1,8})?|一半)`,
  "giu",
);

/** Marks of lists and steps in front of a sentence number it and say nothing. */
const listMark =
  /(?:^|[;；：。\n]|: )\s{0,8}(?:\*\*)?(?:[-*•–]\s{1,4})?(?:[(（]?\d{1,3}[.)、）．](?!\d)|[一二三四五六七八九十]{1,3}[、.．]|第?[一二三四五六七八九十\d]{1,3}步[：:，,、]?|(?:[Ss]tep|步骤) ?\d{1,3}\s?[:：.)、])\s{0,4}/gu;

/** Plain forms of the signs that numbers are written with; raised figures become powers. */
const plain = (text: string): string =>
  plainAmounts(
    text
      .replace(/[①-⑳]/g, " ")
      .replace(/[²³]/g, (raised) => `^${raised === "²" ? "2" : "3"}`)
      .replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, " ")
      .normalize("NFKC")
      .replace(/[〇]/g, "零"),
  );

const third: Readonly<Record<string, number>> = { half: 1 / 2, 一半: 1 / 2 };
const englishShare = (text: string): number | null => {
  const known = third[text.toLowerCase()];
  if (known !== undefined) return known;
  const parts = /^(one|two|three) (third|quarter)s?$/i.exec(text);
  if (parts === null) return null;
  return (readEnglishNumber(parts[1] ?? "") ?? 0) / (parts[2]?.toLowerCase() === "third" ? 3 : 4);
};
const share: Unit = { measures: "share", factor: 1 };
const percent: Unit = { measures: "share", factor: 0.01 };

/** Numbers written in words. In a claim a single small one counts only where a unit follows. */
const wordQuantities = (text: string, role: Role): readonly Placed[] =>
  [...text.matchAll(words)].flatMap((match): readonly Placed[] => {
    const { english, part, fraction, tenths, chinese } = match.groups ?? {};
    const [start, end] = [match.index, match.index + match[0].length];
    const put = (value: number | null, unit: Unit | null, length = 0): readonly Placed[] =>
      value === null
        ? []
        : [
            {
              start,
              end: end + length,
              fact: {
                kind: "quantity",
                text: text.slice(start, end + length).trim(),
                value,
                unit,
                bound: boundOf(text, start, end + length),
              },
            },
          ];
    if (part !== undefined) return put(chineseDecimal(part.slice(3)), percent);
    if (fraction !== undefined) {
      const [below = "", above = ""] = fraction.split("分之");
      const [numerator, denominator] = [readChineseNumber(above), readChineseNumber(below)];
      return numerator === null || denominator === null || denominator === 0 ? [] : put(numerator / denominator, share);
    }
    if (tenths !== undefined)
      return role === "source" ? put((readChineseNumber(tenths[0] ?? "") ?? 0) / 10, share) : [];
    const following = unitAt(text.slice(end, end + 24));
    const asShare = englishShare(english ?? chinese ?? "");
    if (asShare !== null) return put(asShare, share);
    const value = english === undefined ? chineseDecimal(chinese ?? "") : readEnglishNumber(english);
    const single =
      english === undefined ? [...(chinese ?? "")].length === 1 : /^(?:one|first|second|third)$/i.test(english);
    if (
      role === "claim" &&
      following === null &&
      (single || (chinese !== undefined && !/[零二两兩三四五六七八九]/.test(chinese)))
    )
      return [];
    return put(value, following?.unit ?? null, following?.length ?? 0);
  });

const chineseDecimal = (text: string): number | null => {
  const [whole = "", part] = text.split("点");
  const value = readChineseNumber(whole);
  if (value === null || part === undefined) return value;
  const decimals = [...part].map((digit) => readChineseNumber(digit) ?? 0).join("");
  return value + Number(`0.${decimals}`);
};

interface Placed {
  readonly start: number;
  readonly end: number;
  readonly fact: Fact;
}

const figureQuantities = (text: string): readonly Placed[] =>
  [...text.matchAll(digits)].flatMap((match): readonly Placed[] => {
    const { code, sign: currency, minus, per, number = "", below, scale: large } = match.groups ?? {};
    const start = match.index;
    let end = start + match[0].length;
    if (code !== undefined) return [{ start, end, fact: { kind: "name", text: code } }];
    if (number.includes(".") && below === undefined && afterVersion.test(text.slice(Math.max(0, start - 16), start)))
      return [{ start, end, fact: { kind: "name", text: number } }];
    const base = Number(number.replace(/[,’']/g, "")) / (below === undefined ? 1 : Number(below) || 1);
    // A small letter behind an amount of money: $5m, €2bn.
    const millions =
      currency === undefined || large !== undefined ? null : /^ ?([mMbB])(?![\p{L}\d])/u.exec(text.slice(end, end + 3));
    if (millions !== null) end += millions[0].length;
    const short = millions === null ? 1 : /b/i.test(millions[0]) ? 1e9 : 1e6;
    const value = base * short * (scaleWords[large?.toLowerCase() ?? ""] ?? 1) * (minus === undefined ? 1 : -1);
    const signed = currency === undefined ? null : { measures: currencySigns[currency] ?? currency, factor: 1 };
    const following = per === undefined ? unitAt(text.slice(end, end + 24)) : null;
    // Letters that are no unit make it a code: 5G, 3D.
    const letters = /^[A-Za-z][A-Za-z\d-]{0,20}/.exec(text.slice(end))?.[0];
    if (
      following === null &&
      signed === null &&
      per === undefined &&
      letters !== undefined &&
      !/(?:st|nd|rd|th)$/.test(match[0])
    ) {
      return [
        { start, end: end + letters.length, fact: { kind: "name", text: text.slice(start, end + letters.length) } },
      ];
    }
    end += following?.length ?? 0;
    const unit = per !== undefined ? percent : (following?.unit ?? signed);
    return [
      {
        start,
        end,
        fact: { kind: "quantity", text: text.slice(start, end).trim(), value, unit, bound: boundOf(text, start, end) },
      },
    ];
  });

/** Figures behind it are no number: 1.1 is another version than 1.10. */
const afterVersion = /(?:(?<!\p{L})(?:versions?|ver\.?|release|firmware)|版本号?|版)[:：]? ?$/iu;

/** Words in capitals inside a sentence, and quoted Chinese titles. */
const name =
  /(?<=[^.!?。！？\s] {0,3})(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}'’-]{1,40}|(?<=[《“「])[^》”」]{1,40}(?=[》”」])/gu;

/** Numbers, dates, times, codes and names of a text, in order. Dates count before times, times before numbers, so that no figure counts twice. */
export const factsOf = (given: string, role: Role): readonly Fact[] => {
  const text = plain(given).replace(listMark, (mark) => " ".repeat(mark.length));
  const taken: Placed[] = [];
  const isFree = createPlaces(text.length);
  const take = (all: readonly Placed[]) => {
    for (const each of all) if (isFree(each.start, each.end)) taken.push(each);
  };
  take(
    datesIn(text).map(({ value, start, end }) => ({
      start,
      end,
      fact: { kind: "date", text: text.slice(start, end), dates: value },
    })),
  );
  take(
    timesIn(text).map(({ value, start, end }) => ({
      start,
      end,
      fact: { kind: "time", text: text.slice(start, end).trim(), minutes: value },
    })),
  );
  take(figureQuantities(text));
  take(wordQuantities(text, role));
  take(
    [...text.matchAll(name)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      fact: { kind: "name", text: match[0] },
    })),
  );
  return taken.sort((left, right) => left.start - right.start).map(({ fact }) => fact);
};

/** What a source says, made ready for being asked often. */
export interface SourceFacts {
  readonly facts: readonly Fact[];
  /** In lower case. */
  readonly text: string;
}

export const readSource = (text: string): SourceFacts => ({
  facts: factsOf(text, "source"),
  text: text.normalize("NFKC").toLowerCase(),
});

const weekdays = "monday tuesday wednesday thursday friday saturday sunday".split(" ");
const weekdayForms = [..."一二三四五六日"].map((han, place) => {
  const name = weekdays[place] ?? "";
  const short = { tuesday: "tues?", wednesday: "wed", thursday: "thu(?:rs?)?" }[name] ?? name.slice(0, 3);
  return new RegExp(
    `(?<!\\p{L})(?:${name}s?|${short})(?!\\p{L})|(?:周|星期|礼拜)${han === "日" ? "[日天]" : han}`,
    "iu",
  );
});

/** A name or code, whether its parts are joined, hyphened or apart: E18 is E-18. A code is no part of a longer one. */
const holdsName = (text: string, given: string): boolean => {
  const day = weekdays.indexOf(given.toLowerCase());
  if (day >= 0) return weekdayForms[day]?.test(text) ?? false;
  // 1.10, v1.10 and version 1.10 are one.
  const isVersion = /^v?\d+(?:\.\d+)+$/i.test(given);
  const written = isVersion ? given.replace(/^v/i, "") : given;
  const parts = written.toLowerCase().match(/\p{L}+|\p{N}+/gu) ?? [];
  const isCode = /\p{N}/u.test(written);
  if (!isCode && text.includes(written.toLowerCase())) return true;
  const [before, behind] = isCode
    ? [
        isVersion ? "(?<![\\p{L}\\p{N}.])v?" : "(?<![\\p{L}\\p{N}])",
        isVersion ? "(?![\\p{L}\\p{N}]|\\.\\p{N})" : "(?![\\p{L}\\p{N}])",
      ]
    : ["", ""];
  return parts.length > 0 && new RegExp(`${before}${parts.join("[^\\p{L}\\p{N}]{0,2}")}${behind}`, "u").test(text);
};

const near = (left: number, right: number): boolean =>
  Math.abs(left - right) <= 1e-9 * Math.max(1e-9, Math.abs(left), Math.abs(right));

const sameMeasure = (left: Unit, right: Unit): boolean =>
  left.measures === right.measures ||
  // ¥ is written for yuan and yen.
  (/^(?:CNY|JPY)$/.test(left.measures) && /^(?:CNY|JPY)$/.test(right.measures));

/** The same amount: in any unit of the same kind, or the same figure where one of the two leaves the unit out. */
const sameQuantity = (left: Fact & { kind: "quantity" }, right: Fact & { kind: "quantity" }): boolean => {
  if (left.unit === null || right.unit === null) {
    const bare = near(left.value, right.value);
    return (
      bare ||
      (left.unit?.measures === "share" || right.unit?.measures === "share"
        ? near(left.value * (left.unit?.factor ?? 1), right.value * (right.unit?.factor ?? 1))
        : false)
    );
  }
  if (!sameMeasure(left.unit, right.unit)) return false;
  const [one, other] = [left.unit, right.unit];
  // 2 GB are 2000 MB to some and 2048 to others.
  const inBinary = (factor: number) => 1024 ** Math.round(Math.log10(factor) / 3);
  return (
    near(left.value * one.factor, right.value * other.factor) ||
    (one.measures === "data" && near(left.value * inBinary(one.factor), right.value * inBinary(other.factor)))
  );
};

/** The least of one is not the most of another. */
const opposed = (left: Bound, right: Bound): boolean => left !== null && right !== null && left !== right;

const componentsOf = (dates: readonly CalendarDate[]): readonly (number | null)[] =>
  dates.flatMap(({ year, month, day }) => [year, month, day]);

const isSaid = (fact: Fact, { facts, text }: SourceFacts): boolean => {
  switch (fact.kind) {
    case "name":
      return holdsName(text, fact.text);
    case "date":
      return facts.some((known) => known.kind === "date" && saysDate(fact.dates, known.dates));
    case "time":
      return facts.some(
        (known) => known.kind === "time" && known.minutes.some((minute) => fact.minutes.includes(minute)),
      );
    case "quantity":
      return facts.some(
        (known) =>
          (known.kind === "quantity" && !opposed(fact.bound, known.bound) && sameQuantity(fact, known)) ||
          (known.kind === "date" && fact.unit === null && componentsOf(known.dates).includes(fact.value)) ||
          (known.kind === "date" &&
            /^(?:months|time)$/.test(fact.unit?.measures ?? "") &&
            componentsOf(known.dates).includes(fact.value)),
      );
  }
};

/** The facts that a source does not hold, as they are written, each once. Numbers are compared by what they say: `1.2万元` is 12,000 元. */
export const missingFacts = (facts: readonly Fact[], source: SourceFacts): readonly string[] => [
  ...new Set(facts.filter((fact) => !isSaid(fact, source)).map(({ text }) => text)),
];
