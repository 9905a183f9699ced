/** How the numbers of lists are written, by the names that Word has for them. */
export function formatNumber(value: number, format: string): string {
  const whole = Math.max(0, Math.min(Math.floor(value), 1_000_000));
  switch (format) {
    case "decimalZero":
      return String(whole).padStart(2, "0");
    case "lowerLetter":
      return letters(whole);
    case "upperLetter":
      return letters(whole).toUpperCase();
    case "lowerRoman":
      return roman(whole).toLowerCase();
    case "upperRoman":
      return roman(whole);
    case "ordinal":
      return `${whole}${ordinalEnd(whole)}`;
    case "decimalFullWidth":
    case "decimalFullWidth2":
      return [...String(whole)].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join("");
    case "decimalEnclosedCircle":
    case "decimalEnclosedCircleChinese":
      return whole >= 1 && whole <= 20 ? String.fromCodePoint(0x245f + whole) : String(whole);
    case "decimalEnclosedParen":
      return `(${whole})`;
    case "chineseCounting":
    case "chineseCountingThousand":
    case "taiwaneseCounting":
    case "taiwaneseCountingThousand":
    case "japaneseCounting":
    case "ideographDigital":
      return chinese(whole);
    case "ideographTraditional":
      return "甲乙丙丁戊己庚辛壬癸".charAt(whole - 1) || String(whole);
    case "ideographZodiac":
      return "子丑寅卯辰巳午未申酉戌亥".charAt(whole - 1) || String(whole);
    case "none":
      return "";
    default:
      return String(whole);
  }
}

/** a … z, and then aa, bb, … as Word counts. */
const letters = (value: number): string =>
  value < 1 ? "" : String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.min(20, Math.ceil(value / 26)));

const romans = [
  [1000, "M"],
  [900, "CM"],
  [500, "D"],
  [400, "CD"],
  [100, "C"],
  [90, "XC"],
  [50, "L"],
  [40, "XL"],
  [10, "X"],
  [9, "IX"],
  [5, "V"],
  [4, "IV"],
  [1, "I"],
] as const;

function roman(value: number): string {
  if (value < 1 || value >= 4000) return String(value);
  let left = value;
  let written = "";
  for (const [worth, sign] of romans) {
    while (left >= worth) {
      written += sign;
      left -= worth;
    }
  }
  return written;
}

const ordinalEnd = (value: number): string => {
  const tens = value % 100;
  if (tens >= 11 && tens <= 13) return "th";
  return ["th", "st", "nd", "rd"][value % 10] ?? "th";
};

const digits = "零一二三四五六七八九";

/** Up to 9999 as one says it; beyond that in digits. */
function chinese(value: number): string {
  if (value === 0) return "零";
  if (value > 9999) return String(value);
  let written = "";
  let gap = false;
  for (const [worth, name] of [
    [1000, "千"],
    [100, "百"],
    [10, "十"],
    [1, ""],
  ] as const) {
    const digit = Math.floor(value / worth) % 10;
    if (digit === 0) gap = written !== "";
    else {
      written += `${gap ? "零" : ""}${digits.charAt(digit)}${name}`;
      gap = false;
    }
  }
  return written.replace(/^一十/, "十");
}
