import { createPlaces } from "./places";

/** A date as far as it is said. */
export interface CalendarDate {
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
}

export interface Found<T> {
  readonly value: T;
  readonly start: number;
  readonly end: number;
}

const months = "january february march april may june july august september october november december".split(" ");
const monthName =
  "(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)";
const monthOf = (name: string): number =>
  months.findIndex((month) => month.startsWith(name.toLowerCase().replace(/\.$/, "").slice(0, 3))) + 1;

type Reading = (groups: readonly (string | undefined)[]) => readonly CalendarDate[];
const number = (text: string | undefined): number | null => (text === undefined ? null : Number(text));
const one = (year: string | undefined, month: number | null, day: string | undefined): readonly CalendarDate[] => [
  { year: number(year), month, day: number(day) },
];

const forms: readonly (readonly [RegExp, Reading])[] = [
  [/(?<!\d)(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})(?: ?[日号])?(?!\d)/g, ([, y, m, d]) => one(y, Number(m), d)],
  [/(?<!\d)(\d{4}) ?年 ?(\d{1,2}) ?月(?!\d)/g, ([, y, m]) => one(y, Number(m), undefined)],
  [/(?<!\d)(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]/g, ([, m, d]) => one(undefined, Number(m), d)],
  [
    new RegExp(`(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?(?: of)? (${monthName})\\.?(?:,? (\\d{4}))?(?![\\p{L}\\d])`, "gu"),
    ([, d, m, y]) => one(y, monthOf(m ?? ""), d),
  ],
  [
    new RegExp(`(?<!\\p{L})(${monthName})\\.? (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?(?![\\p{L}\\d])`, "gu"),
    ([, m, d, y]) => one(y, monthOf(m ?? ""), d),
  ],
  [
    new RegExp(`(?<!\\p{L})(${monthName})\\.?,? (\\d{4})(?!\\d)`, "gu"),
    ([, m, y]) => one(y, monthOf(m ?? ""), undefined),
  ],
  // Which is the day and which the month is not said, so either reading will do.
  [
    /(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)/g,
    ([, a, b, y]) => [...one(y, Number(b), a), ...one(y, Number(a), b)],
  ],
];

const isDate = ({ month, day }: CalendarDate): boolean =>
  (month === null || (month >= 1 && month <= 12)) && (day === null || (day >= 1 && day <= 31));

/** Every date in a text, each with the ways it can be read; earlier forms win where two overlap. */
export const datesIn = (text: string): readonly Found<readonly CalendarDate[]>[] => {
  const found: Found<readonly CalendarDate[]>[] = [];
  const isFree = createPlaces(text.length);
  for (const [form, read] of forms) {
    for (const match of text.matchAll(form)) {
      const [start, end] = [match.index, match.index + match[0].length];
      const value = read(match).filter(isDate);
      if (value.length > 0 && isFree(start, end)) found.push({ value, start, end });
    }
  }
  return found;
};

/** Whether all that a date says is said by another. */
export const saysDate = (claim: readonly CalendarDate[], source: readonly CalendarDate[]): boolean =>
  claim.some((said) =>
    source.some(
      (known) =>
        (said.year === null || said.year === known.year) &&
        (said.month === null || said.month === known.month) &&
        (said.day === null || said.day === known.day),
    ),
  );

const clock =
  /(?<![\d:.])(?:(上午|早上|凌晨|下午|晚上|傍晚|中午) ?)?(\d{1,2})(?:[:：](\d{2})(?::\d{2})?| ?[点點](?:(\d{1,2})分|(半))?)(?![\d:%]) ?([ap]\.?m\b\.?)?|(?<![\d:.])(\d{1,2}) ?([ap]\.?m\b\.?)/giu;

/** Every time of day in a text, in minutes from midnight; where neither half of the day is said, both. */
export const timesIn = (text: string): readonly Found<readonly number[]>[] =>
  [...text.matchAll(clock)].flatMap((match) => {
    const [whole, part, hour = match[7], minute, minuteZh, half, marker = match[8]] = match;
    const minutes = Number(minute ?? minuteZh ?? (half === undefined ? 0 : 30));
    const hours = Number(hour);
    if (hours > 24 || minutes > 59) return [];
    const late = /^p/i.test(marker ?? "") || /下午|晚上|傍晚/.test(part ?? "");
    const early = /^a/i.test(marker ?? "") || /上午|早上|凌晨/.test(part ?? "");
    const at = (h: number) => (h % 24) * 60 + minutes;
    const value = late
      ? [at(hours < 12 ? hours + 12 : hours)]
      : early
        ? [at(hours === 12 ? 0 : hours)]
        : hours < 12
          ? [at(hours), at(hours + 12)]
          : [at(hours)];
    return [{ value, start: match.index, end: match.index + whole.length }];
  });
