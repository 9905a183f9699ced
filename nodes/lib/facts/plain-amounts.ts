/** Ways of writing an amount that say the same as another, each with that other. */
const alike: readonly (readonly [pattern: RegExp, plain: string | ((...groups: string[]) => string)])[] = [
  // The decimal comma of most of Europe, where a unit or a currency says that it is one.
  [
    /(?<![\d.,])(\d{1,3}(?:\.\d{3}){1,5}|\d{1,15}),(\d{1,2})(?= ?(?:€|£|\$|%|(?:EUR|USD|GBP|CHF|Euros?|Liter|Litres?|kg|g|l|ml|cl|cm|mm|km|m|kWh|kW|W|V|h|Min|Sek|°C)(?![\p{L}\d])))/gu,
    (_, whole = "", part = "") => `${whole.replaceAll(".", "")}.${part}`,
  ],
  [
    /(?<=[€£]) ?(\d{1,3}(?:\.\d{3}){1,5}|\d{1,15}),(\d{1,2})(?![\d,])/gu,
    (_, whole = "", part = "") => `${whole.replaceAll(".", "")}.${part}`,
  ],
  [/\bhalf an hour\b/giu, "30 minutes"],
  [/\b(?:one|an|1) hours? and a half\b/giu, "90 minutes"],
  [/\bhalf a year\b/giu, "6 months"],
  [/半个?(?:小时|钟头)/gu, "30分钟"],
  [/半年/gu, "6个月"],
  [/(\d{1,4})(年|个?小时|天|周)半/gu, (_, count = "", unit = "") => `${count}.5${unit}`],
  [/([一二两三四五六七八九十]{1,3})(年|个?小时|天|周)半/gu, (_, count = "", unit = "") => `${count}点五${unit}`],
  [/\bkilomet(?:re|er)s? (?:per|an) hour\b/giu, "km/h"],
  [/\bmiles (?:per|an) hour\b/giu, "mph"],
  [/\bmet(?:re|er)s? (?:per|a) second\b/giu, "m/s"],
  [/公里每小时/gu, "公里/小时"],
  [/第([一二三四1-4])季度/gu, (_, which = "") => ` Q${quarters[which] ?? which} `],
  [/\b(first|second|third|fourth) quarter\b/giu, (_, which = "") => `Q${quarters[which.toLowerCase()] ?? which}`],
];
const quarters: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
};

export const plainAmounts = (text: string): string =>
  alike.reduce((now, [pattern, plain]) => now.replace(pattern, plain as string), text);

/** Whether an amount is the least or the most that is meant; null where it is said as it is. */
export type Bound = "least" | "most" | null;

const before: readonly (readonly [RegExp, Bound])[] = [
  [
    /(?:no|not|never|don['’]t|doesn['’]t|must not|may not) (?:be )?(?:more|longer|later|greater|higher|larger|over|above|exceed(?:ing)?)(?: than)?(?: the)? ?[€$£]?$|不(?:得|能|可)?(?:超过|超出|高于|大于|多于|晚于|迟于)$/iu,
    "most",
  ],
  [
    /(?:no|not) (?:less|fewer|earlier|lower|smaller|shorter|under|below)(?: than)? ?[€$£]?$|不(?:得|能|可)?(?:少于|低于|小于|早于|短于)$/iu,
    "least",
  ],
  [
    /(?:at least|more than|over|above|exceed(?:s|ing)?|longer than|greater than|higher than|a minimum of|minimum|from) ?[€$£]?$|(?:至少|最少|起码|超过|高于|大于|多于|满)$/iu,
    "least",
  ],
  [
    /(?:at most|less than|fewer than|under|below|up to|lower than|shorter than|smaller than|a maximum of|maximum) ?[€$£]?$|(?:至多|最多|最高|低于|少于|小于|短于|不到|不足)$/iu,
    "most",
  ],
];
const behind: readonly (readonly [RegExp, Bound])[] = [
  [/^ ?(?:or more|and more|or above|and above|at least|and over|minimum|以上|及以上|起)/iu, "least"],
  [/^ ?(?:or less|or fewer|or below|and below|at most|maximum|以下|及以下|以内)/iu, "most"],
];
const reach = 32;

/** What stands around an amount says of it. */
export const boundOf = (text: string, start: number, end: number): Bound => {
  const [ahead, after] = [text.slice(Math.max(0, start - reach), start).trimEnd(), text.slice(end, end + reach)];
  return (
    before.find(([pattern]) => pattern.test(ahead))?.[1] ?? behind.find(([pattern]) => pattern.test(after))?.[1] ?? null
  );
};
