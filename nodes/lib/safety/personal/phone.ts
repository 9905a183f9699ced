import type { Span } from "../finding";
import { announced, type Detector, matches } from "./detector";

/** Says whether a number is one that can be dialled: what libphonenumber knows of the world's numbering plans. */
export type IsPhoneNumber = (number: string, region?: "CN" | "US") => boolean;

/** Loaded on first use: the browser never needs the numbering plans of the world. */
export const loadPhoneNumbers = async (): Promise<IsPhoneNumber> => {
  const { parsePhoneNumberFromString } = await import("libphonenumber-js/min");
  return (number, region) => parsePhoneNumberFromString(number, region)?.isValid() ?? false;
};

const notInside = "(?<![A-Za-z0-9_]|\\d[.,/-])";
const notBefore = "(?![A-Za-z0-9_]|[.,/-]\\d)";
/** A word for telephone may touch the number. */
const word =
  /(?:tel|phone|mobile|cell|call|fax|whatsapp|text|sms|电话|座机|手机|热线|致电|联系方式|传真)[^\d\n]{0,12}$/i;
const china = "(?:\\(?(?:\\+|00)?86\\)?[- ]?)?";

// Mainland mobile numbers (YD/T 1731): 11 digits from 13 to 19, in one or as 3-4-4.
const chineseMobile = new RegExp(
  `(?:${notInside}|(?<=(?:tel|phone|mobile|cell)))${china}1[3-9]\\d([- ]?)\\d{4}\\1\\d{4}${notBefore}`,
  "dgi",
);
// Fixed lines: 0, area code, 7 or 8 digits, and an extension; service numbers 400 and 800.
const area = "(?:10|2\\d|[3-9]\\d{2})";
const chineseFixed = new RegExp(
  `${notInside}(?:${china}(?:\\(0${area}\\) ?|0${area}[- ])[2-9]\\d{3}[- ]?\\d{3,4}(?:-\\d{1,5})?|[48]00[- ]\\d{3}[- ]?\\d{4}|[48]00[- ]\\d{4}[- ]\\d{3})${notBefore}`,
  "dg",
);
const chineseFixedBare = new RegExp(`${notInside}0${area}[2-9]\\d{6,7}${notBefore}`, "dg");
// North American numbers: (212) 555-0123, 212-555-0123, 212.555.0123, 212 555 0123, each with 1 or +1 in front.
const american = new RegExp(
  `${notInside}(?:\\+?1[-. ]?)?(?:\\([2-9]\\d{2}\\) ?|[2-9]\\d{2}([-. ]))[2-9]\\d{2}(?:\\1|[-. ])\\d{4}${notBefore}`,
  "dg",
);
const americanBare = new RegExp(`${notInside}1?[2-9]\\d{2}[2-9]\\d{6}${notBefore}`, "dg");
// E.164 with + or 00 in front, in groups of any kind.
const international = /(?<![A-Za-z0-9_+]|[0-9A-Fa-f]-)(?:\+|00)[1-9](?:[ .()/-]{0,2}\d){6,14}(?![A-Za-z0-9_])/dg;

export const createPhoneDetector =
  (isPhoneNumber: IsPhoneNumber): Detector =>
  (text) => [
    ...matches(text, chineseMobile, (value) =>
      isPhoneNumber(value.replace(/^\(?(?:\+|00)?86\)?/, "+86"), "CN") ? 0.95 : 0,
    ),
    ...matches(text, chineseFixed, (value) =>
      /^[48]/.test(value) ||
      isPhoneNumber(value.replace(/-\d{1,5}$/, dropExtension).replace(/^\(?(?:\+|00)86\)?/, "+86"), "CN")
        ? 0.85
        : 0,
    ),
    ...matches(text, chineseFixedBare, (value, start) =>
      announced(text, start, word, 24) && isPhoneNumber(value, "CN") ? 0.85 : 0,
    ),
    ...matches(text, american, (value) => (isPhoneNumber(value, "US") ? 0.9 : 0)),
    ...matches(text, americanBare, (value, start) =>
      announced(text, start, word, 24) && isPhoneNumber(value, "US") ? 0.85 : 0,
    ),
    ...findInternational(text, isPhoneNumber),
  ];

/** What stands behind the last hyphen is an extension where a whole number stands before it. */
const dropExtension = (tail: string, at: number): string => (at >= 11 ? "" : tail);

/** A number may be followed by another after a blank, so groups are taken away from behind until it is one. */
const findInternational = (text: string, isPhoneNumber: IsPhoneNumber): readonly Span[] => {
  const spans: Span[] = [];
  international.lastIndex = 0;
  for (let found = international.exec(text); found !== null; found = international.exec(text)) {
    let value = found[0];
    while (value !== "" && !isPhoneNumber(value.replace(/^00/, "+")))
      value = /^(.*\d)[ .()/-]+\d+$/.exec(value)?.[1] ?? "";
    if (value !== "") spans.push({ start: found.index, end: found.index + value.length, score: 0.93 });
    international.lastIndex = found.index + Math.max(1, value.length);
  }
  return spans;
};
