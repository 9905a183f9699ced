/**
 * Numbers as replies write them, with what they measure. Kept apart from the reader of the answer check on purpose: one mistake in both would be seen by
 * neither.
 */
export interface Quantity {
  readonly value: number;
  /** What is measured, and how many of its base unit; null where no known unit follows. */
  readonly measure: string | null;
  readonly base: number;
}

/** Unit, what it measures, how many of the base unit, spellings. */
const units: readonly (readonly [name: string, measure: string, factor: number, spellings: string])[] = [
  ["second", "time", 1, "seconds second sec s 秒钟 秒"],
  ["minute", "time", 60, "minutes minute min 分钟 分"],
  ["hour", "time", 3600, "hours hour h 个小时 小时"],
  ["day", "time", 86_400, "days day 天 日"],
  ["week", "time", 604_800, "weeks week 个星期 星期 周"],
  ["month", "months", 1, "months month 个月"],
  ["year", "months", 12, "years year 年"],
  ["euro", "euro", 1, "euros euro eur € 欧元"],
  ["yuan", "yuan", 1, "yuan rmb cny 元 块钱 块"],
  ["percent", "percent", 1, "percent per-cent %"],
  ["kg", "mass", 1, "kilograms kilogram kg 公斤 千克"],
  ["mm", "length", 0.001, "millimetres millimeters mm 毫米"],
  ["cm", "length", 0.01, "centimetres centimeters cm 厘米"],
  ["m", "length", 1, "metres meters metre meter m 米"],
  ["km", "length", 1000, "kilometres kilometers km 公里"],
  ["ml", "volume", 0.001, "millilitres milliliters ml 毫升"],
  ["litre", "volume", 1, "litres liters litre liter l 升"],
  ["working day", "workdays", 1, "working-days business-days 个工作日 工作日"],
];
const spelled = units
  .flatMap(([, measure, factor, spellings]) =>
    spellings.split(" ").map((spelling) => ({ spelling: spelling.replace("-", " "), measure, factor })),
  )
  .sort((left, right) => right.spelling.length - left.spelling.length);

/** What a task calls a unit. */
export const unitNamed = (name: string): { readonly measure: string; readonly factor: number } => {
  const found = units.find(([known]) => known === name);
  if (found === undefined) throw new Error(`no unit is called ${name}`);
  return { measure: found[1], factor: found[2] };
};

const unitBehind = (text: string) => {
  const rest = text.replace(/^[\s-]{1,3}/u, "").toLowerCase();
  return spelled.find(
    ({ spelling }) =>
      rest.startsWith(spelling) && !(/[a-z]$/.test(spelling) && /^[a-z\d²]/.test(rest.slice(spelling.length))),
  );
};

const small =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const tens = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const ordinals = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(" ");

const englishWord = (word: string): number | null => {
  for (const list of [small, ordinals]) if (list.includes(word)) return list.indexOf(word);
  if (tens.includes(word)) return tens.indexOf(word) * 10;
  return null;
};

/** "one hundred and twenty", "twenty-six"; null for words that are no number. "second" alone is left to the units. */
const english = (words: readonly string[]): number | null => {
  let [total, part] = [0, 0];
  for (const word of words) {
    if (word === "and") continue;
    if (word === "hundred") part = (part || 1) * 100;
    else if (word === "thousand") [total, part] = [total + (part || 1) * 1000, 0];
    else {
      const value = englishWord(word);
      if (value === null) return null;
      part += value;
    }
  }
  return total + part;
};

const digits: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const scales: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** 一百二十, 六千八百, 十八万, 三点八, 三一二. */
export const chinese = (text: string): number => {
  const [whole = "", decimals] = text.split("点");
  if (decimals !== undefined)
    return Number(`${chinese(whole)}.${[...decimals].map((digit) => digits[digit] ?? 0).join("")}`);
  if (whole.length > 1 && [...whole].every((digit) => digit in digits)) {
    return Number([...whole].map((digit) => digits[digit]).join(""));
  }
  let [total, section, digit] = [0, 0, 0];
  for (const character of whole) {
    if (character in digits) digit = digits[character] ?? 0;
    else if (character in scales) [section, digit] = [section + (digit || 1) * (scales[character] ?? 1), 0];
    else [total, section, digit] = [(total + section + digit) * (character === "万" ? 1e4 : 1e8), 0, 0];
  }
  return total + section + digit;
};

const word = `(?:${[...small, ...ordinals, ...tens.slice(2), "hundred", "thousand"].join("|")})`;
const number = new RegExp(
  [
    "(?<figure>\\d+(?:\\.\\d+)?)(?:st|nd|rd|th)?(?<large>\\s?[万亿千百])?",
    `(?<!\\p{L})(?<words>${word}(?:[ -](?:and )?${word})*)(?!\\p{L})`,
    "(?<article>(?<!\\p{L})an?(?= (?:second|minute|hour|day|week|month|year)(?!\\p{L})))",
    "(?<han>[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?)",
  ].join("|"),
  "giu",
);
const factors: Readonly<Record<string, number>> = { 万: 1e4, 亿: 1e8, 千: 1e3, 百: 100 };

/** Every number of a text in figures or words, English or Chinese, in order. */
export const quantitiesIn = (given: string): readonly Quantity[] => {
  const text = given.normalize("NFKC").replace(/(?<=\d)[,，](?=\d{3}(?!\d))/g, "");
  const found = [...text.matchAll(number)].flatMap((match): Quantity[] => {
    const { figure, large, words, article, han } = match.groups ?? {};
    const value =
      figure !== undefined
        ? Number(figure) * (factors[large?.trim() ?? ""] ?? 1)
        : words !== undefined
          ? english(words.toLowerCase().split(/[ -]/))
          : article !== undefined
            ? 1
            : chinese(han ?? "");
    if (value === null) return [];
    const before = text.slice(Math.max(0, match.index - 4), match.index);
    const share = /百分之$/.test(before);
    const euro = /€ ?$/.test(before);
    const yuan = /[¥￥] ?$/.test(before);
    const unit = share
      ? unitNamed("percent")
      : euro
        ? unitNamed("euro")
        : yuan
          ? unitNamed("yuan")
          : unitBehind(text.slice(match.index + match[0].length, match.index + match[0].length + 20));
    return [{ value, measure: unit?.measure ?? null, base: value * (unit?.factor ?? 1) }];
  });
  // 一元二角 and 1 元 2 角 are one sum.
  const sums = [...text.matchAll(/([\d一二两三四五六七八九十]{1,3}) ?[元块] ?([\d一二三四五六七八九]) ?角/gu)].map(
    ([, whole = "", tenth = ""]) => {
      const of = (part: string) => (/^\d+$/.test(part) ? Number(part) : chinese(part));
      const value = of(whole) + of(tenth) / 10;
      return { value, measure: "yuan", base: value };
    },
  );
  const tenths = [...text.matchAll(/(?<![元块])([\d一二两三四五六七八九]) ?角/gu)].map(([, tenth = ""]) => {
    const value = (/^\d$/.test(tenth) ? Number(tenth) : chinese(tenth)) / 10;
    return { value, measure: "yuan", base: value };
  });
  return [...found, ...sums, ...tenths];
};
