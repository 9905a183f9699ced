import { announced, type Detector, matches } from "./detector";

/** One sign between groups, or a line end with what quoted mail puts at the beginning of a line. */
const between = "(?:[ .·•/-]| ?\\r?\\n[ >|]{0,4})";
/**
 * Two digits of province, 4 of place, date of birth, 3 of sequence, check character (GB 11643-1999). The check, the province and the date prove it, so
 * letters may touch it and it may be in groups of any kind: 6-8-4, 6-4-4-4, one at a time.
 */
const long = new RegExp(`(?<!\\d)\\d(?:${between}?\\d){16}${between}?[\\dXx](?!\\d)`, "dg");
/** The form of before 1999 has no check character, so it counts only where it is said to be one. */
const short = new RegExp(`(?<![A-Za-z0-9])\\d{6}${between}?\\d{6}${between}?\\d{3}(?![A-Za-z0-9])`, "dg");
const called = /身份证|身分证|身份證|身分證|证件号|證件號|resident id|identity card|id card|id number|\bid no/i;

/** GB/T 2260: mainland provinces, and those of Taiwan, Hong Kong and Macau. */
const provinces = new Set(
  "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91".split(
    " ",
  ),
);
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** ISO 7064, MOD 11-2. `digits` are the first 17. */
export const residentIdCheck = (digits: string): string =>
  "10X98765432"[weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11] ?? "";

const isDate = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1800 && year < 2100 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

const isLong = (text: string): boolean => {
  const id = text.replace(/[^0-9Xx]/g, "").toUpperCase();
  const date = [id.slice(6, 10), id.slice(10, 12), id.slice(12, 14)].map(Number) as [number, number, number];
  return provinces.has(id.slice(0, 2)) && isDate(...date) && residentIdCheck(id.slice(0, 17)) === id[17];
};
const isShort = (id: string): boolean =>
  provinces.has(id.slice(0, 2)) &&
  isDate(1900 + Number(id.slice(6, 8)), Number(id.slice(8, 10)), Number(id.slice(10, 12)));

/** More than a few signs between the digits make it a table of small numbers. */
const mostGroups = 7;
const isGrouped = (value: string): boolean => {
  const groups = value.match(/[0-9Xx]+/g)?.length ?? 0;
  return groups <= mostGroups || groups >= 17;
};

export const findResidentIds: Detector = function* (text) {
  return [
    ...(yield* matches(text, long, (value) => (isLong(value) && isGrouped(value) ? 0.99 : 0))),
    ...(yield* matches(text, short, (value, start) =>
      isShort(value.replace(/[^0-9]/g, "")) && announced(text, start, called, 16) ? 0.9 : 0,
    )),
  ];
};
