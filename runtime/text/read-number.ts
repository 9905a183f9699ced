/** A number as it stands in a text. */
export interface WrittenNumber {
  readonly value: number;
  /** The letters that it was read from. */
  readonly written: string;
  /** It stands for so many hundredths. */
  readonly isPercent: boolean;
  /** What else the same signs may mean: 1,234 is one and a bit where commas are decimal. */
  readonly otherwise?: number;
  /** All digits, where a double has not room for them. */
  readonly exact?: bigint;
}

const longest = 60;
const minus = /[\u2212\u2012\u2013\ufe63]/g;
/** Between digits: comma, point, apostrophes, and the blanks that group them. */
const numberPattern =
  /(?<![\p{L}\p{N}_.,])[-+]?(?:\d[\d.,'’ \u00a0\u2009\u202f]{0,50}|[.,]\d{1,50})(?:e[-+]?\d{1,4}(?![\p{L}\p{N}]))?/giu;
/** The same behind letters or digits, where a dash is none of its sign: 10-5, A-5, USD5. */
const innerPattern = /\d[\d.,'’ \u00a0\u2009\u202f]{0,50}(?:e[-+]?\d{1,4}(?![\p{L}\p{N}]))?/giu;

/**
 * The first number in a text, written as people do: with a minus of any shape, digits grouped by comma, point, blank or apostrophe, a decimal comma or
 * point, full-width digits, an exponent, a percent sign. null where there is none.
 */
export function findNumber(given: string): WrittenNumber | null {
  return numbersIn(given).next().value ?? null;
}

/** The last number in a text, read in the same way: where an answer works towards it. */
export function findLastNumber(given: string): WrittenNumber | null {
  let last: WrittenNumber | null = null;
  for (const number of numbersIn(given)) last = number;
  return last;
}

function* numbersIn(given: string): Generator<WrittenNumber, undefined> {
  const text = given.normalize("NFKC").replace(minus, "-");
  const [signedPattern, plainPattern] = [new RegExp(numberPattern), new RegExp(innerPattern)];
  let signed = signedPattern.exec(text);
  for (let from = 0; ; ) {
    // What was found ahead stays found: looking for it again at each number would take the square of their count.
    if (signed !== null && signed.index < from) {
      signedPattern.lastIndex = from;
      signed = signedPattern.exec(text);
    }
    plainPattern.lastIndex = from;
    const inner = plainPattern.exec(text);
    const found = signed && (!inner || signed.index <= inner.index) ? signed : inner;
    if (!found) return;
    const read = readDigits(found[0], text.slice(found.index + found[0].trimEnd().length).slice(0, 2));
    if (read !== null) yield read;
    from = found.index + Math.max(1, read?.written.length ?? found[0].trimEnd().length);
  }
}

/** A cell or field that is nothing but a number, with its currency or percent sign; brackets make it negative. null for all else. */
export function readNumber(given: string): WrittenNumber | null {
  const text = given.normalize("NFKC").replace(minus, "-").trim();
  if (text.length === 0 || text.length > longest) return null;
  const inBrackets = /^\((.{1,58})\)$/.exec(text)?.[1];
  const bare = (inBrackets ?? text)
    .replace(/^([-+]?)\s?[$€£¥₹₩₽]\s?/, "$1")
    .replace(/\s?[$€£¥₹₩₽]$/, "")
    .trim();
  const [digits = ""] = bare.split("%", 1);
  if (!/^[-+]?(?:\d[\d.,'’ \u00a0\u2009\u202f]*|[.,]\d+)(?:e[-+]?\d{1,4})?$/i.test(digits.trim())) return null;
  const read = readDigits(digits.trim(), bare.slice(digits.length));
  if (read === null || read.written.length < digits.trim().length || !/^%?$/.test(bare.slice(digits.length)))
    return null;
  return inBrackets === undefined ? read : negated(read);
}

const negated = ({ value, otherwise, exact, ...rest }: WrittenNumber): WrittenNumber => ({
  ...rest,
  value: -value,
  ...(otherwise === undefined ? {} : { otherwise: -otherwise }),
  ...(exact === undefined ? {} : { exact: -exact }),
});

function readDigits(found: string, after: string): WrittenNumber | null {
  const [, sign = "", body = "", exponent = ""] =
    /^([-+]?)([\d.,'’ \u00a0\u2009\u202f]+)(e[-+]?\d{1,4})?/i.exec(found) ?? [];
  const part = leading(body);
  const written = part.length < body.trimEnd().length ? `${sign}${part}` : `${sign}${part}${exponent}`;
  const rest = part.length < body.trimEnd().length ? "" : exponent;
  const [digits, other] = readings(part);
  const value = Number(`${sign === "-" ? "-" : ""}${digits}${rest}`);
  if (!Number.isFinite(value)) return null;
  const isPercent = part.length >= body.trimEnd().length && /^\s?%/.test(after);
  const isLong = rest === "" && /^\d{16,}$/.test(digits) && !Number.isSafeInteger(value);
  return {
    value,
    written,
    isPercent,
    ...(other === undefined ? {} : { otherwise: Number(`${sign === "-" ? "-" : ""}${other}${rest}`) }),
    ...(isLong ? { exact: BigInt(`${sign === "-" ? "-" : ""}${digits}`) } : {}),
  };
}

/** As much of digits and signs as makes one number: not what a comma or a blank only sets beside it. */
function leading(body: string): string {
  const whole =
    /^(?:\d{1,3}(?:([,.'’ \u00a0\u2009\u202f])\d{3})(?:\1\d{3}){0,9}(?!\d)(?:(?!\1)[.,]\d{1,30})?|\d{1,40}(?:[.,]\d{1,30})?|[.,]\d{1,40})/.exec(
      body,
    );
  return whole?.[0] ?? /^\d+/.exec(body)?.[0] ?? "";
}

/** Its digits with a point before the decimals, and what else it may be. */
function readings(part: string): [string, string?] {
  const plain = part.replace(/['’ \u00a0\u2009\u202f]/g, "");
  const commas = plain.split(",").length - 1;
  const points = plain.split(".").length - 1;
  if (commas > 0 && points > 0) {
    return plain.lastIndexOf(",") > plain.lastIndexOf(".")
      ? [plain.replaceAll(".", "").replace(",", ".")]
      : [plain.replaceAll(",", "")];
  }
  if (commas > 1) return [plain.replaceAll(",", "")];
  if (points > 1) return [plain.replaceAll(".", "")];
  if (commas === 1) {
    const decimal = plain.replace(",", ".");
    return /^[1-9]\d{0,2},\d{3}$/.test(plain) ? [plain.replace(",", ""), decimal] : [decimal];
  }
  return points === 1 && /^[1-9]\d{0,2}\.\d{3}$/.test(plain) ? [plain, plain.replace(".", "")] : [plain];
}
