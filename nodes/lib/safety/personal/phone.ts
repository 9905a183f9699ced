import type { Steps } from "@/runtime/node/steps";
import type { Span } from "../finding";
import { announced, type Detector, matches } from "./detector";
import { findLocalNumbers } from "./local-phone";
import { isFreeBefore, isFreeBehind } from "./neighbours";
import type { IsPhoneNumber } from "./phone-numbers";

/** A word for telephone may touch the number. */
const word =
  /(?:tel|phone|mobile|cell|call|fax|whatsapp|text|sms|电话|電話|座机|手机|手機|热线|致电|联系方式|传真)[^\d\n]{0,12}$/i;
/** One sign between two groups, or a line end with what quoted mail puts at the beginning of a line. */
const gap = "(?:[ .·•/-]| ?- ?|-?\\r?\\n[ >|]{0,4})";
const china = "(?:\\(?(?:\\+|00)?86\\)?[- .]{0,2})?";
const extension = "(?:(?:-| ?(?:x|ext\\.?|extension|分机|转|轉|#) ?)\\d{1,6}(?!\\d))?";

// Mainland mobile numbers (YD/T 1731): 11 digits from 13 to 19, in one or in the groups that people make; virtual ones have an extension.
const groups = [
  "\\d(?<first>[ .·•-]?)\\d{4}\\k<first>\\d{4}", // 138 1234 5678
  `\\d${gap}\\d{4}${gap}\\d{4}`,
  `\\d{2}${gap}\\d{4}${gap}\\d{3}`, // 1381 2345 678
  `\\d${gap}\\d{8}`,
  `\\d{5}${gap}\\d{4}`,
  `\\d${gap}\\d{3}${gap}\\d{5}`,
  `\\d${gap}\\d{2}(?:${gap}\\d{2}){3}`,
];
const chineseMobile = new RegExp(`(?<![\\d+])${china}1[3-9](?:${groups.join("|")})${extension}(?!\\d)`, "dgi");
// Fixed lines: 0, area code, 7 or 8 digits, and an extension; service numbers 400 and 800.
const area = "(?:10|2\\d|[3-9]\\d{2})";
const chineseFixed = new RegExp(
  `(?<!\\d)(?:${china}(?:\\(0${area}\\) ?|0${area}[- .])[2-9]\\d{3}[- .]?\\d{3,4}${extension}|[48]00[- .]\\d{3}[- .]?\\d{4}|[48]00[- .]\\d{4}[- .]\\d{3})(?!\\d)`,
  "dgi",
);
const chineseFixedBare = new RegExp(`(?<!\\d)0${area}[2-9]\\d{6,7}(?!\\d)`, "dg");
// North American numbers: (212) 555-0123, 212-555-0123, 212.555.0123, 212 555 0123, each with 1 or +1 in front.
const american =
  /(?<!\d)(?:\+?1[-. ]{0,2})?(?:\([2-9]\d{2}\)[ -]?|[2-9]\d{2}([-. ]| ?- ?))[2-9]\d{2}(?:\1|[-. ])\d{4}(?: ?(?:x|ext\.?|extension) ?\d{1,6})?(?!\d)/dgi;
const americanBare = /(?<!\d)1?[2-9]\d{2}[2-9]\d{6}(?!\d)/dg;
// E.164 with + or 00 in front, in groups of any kind.
const international =
  /(?:(?<![0-9_+])\+|(?<![A-Za-z0-9_+]|[0-9A-Fa-f]-)00)[1-9](?:[ .·()/-]{0,3}\d){6,14}(?![A-Za-z0-9_])/dg;

export const createPhoneDetector = (isPhoneNumber: IsPhoneNumber): Detector => {
  const isChinese = (value: string): boolean => {
    const own = value.replace(/(?:ext|[x#分转轉])[\s\S]*/i, "");
    const digits = own.replace(/[^0-9+]/g, "").replace(/^(?:\+|00)?86(?=0?\d{9,})/, "");
    // What stands behind the last hyphen is an extension where a whole number stands before it.
    const whole = own.replace(/-\d{1,6}$/, (tail, at: number) => (at >= 11 ? "" : tail)).replace(/[^0-9+]/g, "");
    return [digits, whole.replace(/^(?:\+|00)?86(?=0?\d{9,})/, "")].some((each) =>
      isPhoneNumber(`+86${each.replace(/^0/, "")}`),
    );
  };
  return function* (text) {
    const isFree = (start: number, end: number): boolean => isFreeBefore(text, start, word) && isFreeBehind(text, end);
    return [
      ...(yield* matches(text, chineseMobile, (value, start, end) =>
        isFree(start, end) && isChinese(value) ? 0.95 : 0,
      )),
      ...(yield* matches(text, chineseFixed, (value, start, end) =>
        isFree(start, end) && (/^[48]/.test(value) || isChinese(value)) ? 0.85 : 0,
      )),
      ...(yield* matches(text, chineseFixedBare, (value, start, end) =>
        isFree(start, end) && announced(text, start, word, 24) && isPhoneNumber(value, "CN") ? 0.85 : 0,
      )),
      ...(yield* matches(text, american, (value, start, end) =>
        isFree(start, end) && isPhoneNumber(value.replace(/ ?(?:x|ext)[\s\S]*/i, ""), "US") ? 0.9 : 0,
      )),
      ...(yield* matches(text, americanBare, (value, start, end) =>
        isFree(start, end) && announced(text, start, word, 24) && isPhoneNumber(value, "US") ? 0.85 : 0,
      )),
      ...(yield* findInternational(text, isPhoneNumber)),
      ...(yield* findLocalNumbers(text, isPhoneNumber)),
    ];
  };
};

/** A number may be followed by another after a blank, so groups are taken away from behind until it is one. */
function* findInternational(text: string, isPhoneNumber: IsPhoneNumber): Steps<readonly Span[]> {
  const spans: Span[] = [];
  const pattern = new RegExp(international);
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    yield;
    let value = found[0];
    while (value !== "" && !isPhoneNumber(value.replace(/^00/, "+").replace(/·/g, " ")))
      value = /^(.*\d)[ .·()/-]+\d+$/.exec(value)?.[1] ?? "";
    if (value !== "") spans.push({ start: found.index, end: found.index + value.length, score: 0.93 });
    pattern.lastIndex = found.index + Math.max(1, value.length);
  }
  return spans;
}
