import { announced, type Detector, matches } from "./detector";

/** Two digits of province, 4 of place, date of birth, 3 of sequence, check character (GB 11643-1999), in one or in groups of 6, 8 and 4. */
const long = /(?<![A-Za-z0-9])\d{6}([ -]?)(?:18|19|20)\d{6}\1\d{3}[\dXx](?![A-Za-z0-9])/dg;
/** The form of before 1999 has no check character, so it counts only where it is said to be one. */
const short = /(?<![A-Za-z0-9])\d{6}\d{6}\d{3}(?![A-Za-z0-9])/dg;
const called = /身份证|身分证|证件号|resident id|identity card|id card|id number/i;

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
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

const isLong = (text: string): boolean => {
  const id = text.replace(/[ -]/g, "").toUpperCase();
  const date = [id.slice(6, 10), id.slice(10, 12), id.slice(12, 14)].map(Number) as [number, number, number];
  return provinces.has(id.slice(0, 2)) && isDate(...date) && residentIdCheck(id.slice(0, 17)) === id[17];
};
const isShort = (id: string): boolean =>
  provinces.has(id.slice(0, 2)) &&
  isDate(1900 + Number(id.slice(6, 8)), Number(id.slice(8, 10)), Number(id.slice(10, 12)));

export const findResidentIds: Detector = (text) => [
  ...matches(text, long, (value) => (isLong(value) ? 0.99 : 0)),
  ...matches(text, short, (value, start) => (isShort(value) && announced(text, start, called, 16) ? 0.9 : 0)),
];
