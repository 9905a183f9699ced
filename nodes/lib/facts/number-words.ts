const digits: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  壹: 1,
  二: 2,
  贰: 2,
  两: 2,
  兩: 2,
  三: 3,
  叁: 3,
  四: 4,
  肆: 4,
  五: 5,
  伍: 5,
  六: 6,
  陆: 6,
  七: 7,
  柒: 7,
  八: 8,
  捌: 8,
  九: 9,
  玖: 9,
};
const tens: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 };
const scales: Readonly<Record<string, number>> = { 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8 };

/** The characters of which numbers are written in Chinese. */
export const chineseNumerals = [...Object.keys(digits), ...Object.keys(tens), ...Object.keys(scales)].join("");

/** What a numeral says: 二十八 is 28, 一万二 is 12,000, 二〇二四 is 2024. Null where the characters make no number. */
export const readChineseNumber = (text: string): number | null => {
  const characters = [...text];
  if (characters.length === 0 || characters.length > 20) return null;
  if (characters.every((character) => character in digits)) {
    return characters.length === 1 || /[零〇]/.test(text) || characters.length > 2
      ? characters.reduce((sum, character) => sum * 10 + (digits[character] ?? 0), 0)
      : null;
  }
  let [total, section, digit, last] = [0, 0, 0, 1];
  for (const character of characters) {
    if (character in digits) {
      digit = digits[character] ?? 0;
      if (digit === 0) last = 1;
      continue;
    }
    const ten = tens[character];
    if (ten !== undefined) {
      section += (digit === 0 ? 1 : digit) * ten;
      last = ten;
    } else {
      const scale = scales[character] ?? 1;
      const whole = section + digit;
      total = scale > 1e4 && total > 0 ? (total + whole) * scale : total + (whole === 0 ? 1 : whole) * scale;
      section = 0;
      last = scale;
    }
    digit = 0;
  }
  // 一万二 and 三百五 leave out the unit below.
  return total + section + (last > 10 ? (digit * last) / 10 : digit);
};

const small: readonly string[] =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const round: readonly string[] = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const ordinals: Readonly<Record<string, number>> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  twelfth: 12,
};
const powers: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
};

const word = [...small, ...round, ...Object.keys(powers), "dozen"].join("|");
/** One number in English words, up to nine of them. */
export const englishNumber = `(?:${word})(?:(?:[- ]| and )(?:${word})){0,8}`;
export const englishOrdinal = Object.keys(ordinals).join("|");

/** What the words say: twenty-eight, three hundred and five, two million. Null where they make no number. */
export const readEnglishNumber = (text: string): number | null => {
  let [total, section] = [0, 0];
  for (const each of text.toLowerCase().split(/[- ]+/)) {
    if (each === "and") continue;
    const ordinal = ordinals[each];
    if (ordinal !== undefined) return total + section + ordinal;
    const [unit, ten, power] = [small.indexOf(each), round.indexOf(each), powers[each] ?? 0];
    if (unit >= 0) section += unit;
    else if (ten >= 0) section += (ten + 2) * 10;
    else if (each === "dozen") section = (section === 0 ? 1 : section) * 12;
    else if (power === 100) section = (section === 0 ? 1 : section) * 100;
    else if (power > 100) {
      total += (section === 0 ? 1 : section) * power;
      section = 0;
    } else return null;
  }
  return total + section;
};
