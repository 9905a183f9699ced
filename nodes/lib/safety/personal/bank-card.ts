import { type Detector, matches } from "./detector";

/** 13 to 19 digits in one. */
const whole = /(?<![A-Za-z0-9])\d{13,19}(?![A-Za-z0-9])/dg;
/** In the groups in which cards are printed; more groups before or behind make it something else. */
const grouped =
  /(?<![A-Za-z0-9]|\d[ .-])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?|\d{4}([ -])\d{6}\2\d{4,5}|\d{6}([ -])\d{13})(?![A-Za-z0-9]|[ .-]\d)/dg;

/** ISO/IEC 7812 issuer ranges: first digits from and to, and the lengths that the network gives out. */
const networks: readonly (readonly [from: string, to: string, lengths: readonly number[]])[] = [
  ["4", "4", [13, 16, 19]], // Visa
  ["51", "55", [16]], // Mastercard
  ["2221", "2720", [16]], // Mastercard
  ["34", "34", [15]], // American Express
  ["37", "37", [15]],
  ["62", "62", [16, 17, 18, 19]], // UnionPay
  ["81", "81", [16, 17, 18, 19]],
  ["9558", "9558", [19]], // ICBC debit, older than UnionPay
  ["6011", "6011", [16, 19]], // Discover
  ["644", "659", [16, 19]],
  ["3528", "3589", [16, 19]], // JCB
  ["300", "305", [14]], // Diners Club
  ["36", "36", [14]],
  ["38", "39", [14]],
  ["2200", "2204", [16]], // Mir
];

export const passesLuhn = (digits: string): boolean => {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
};

const isIssued = (digits: string): boolean =>
  networks.some(([from, to, lengths]) => {
    const first = digits.slice(0, from.length);
    return first >= from && first <= to && lengths.includes(digits.length);
  });

export const findBankCards: Detector = (text) =>
  [whole, grouped].flatMap((pattern) =>
    matches(text, pattern, (value) => {
      const digits = value.replace(/\D/g, "");
      return isIssued(digits) && passesLuhn(digits) && !/^(\d)\1*$/.test(digits) ? 0.97 : 0;
    }),
  );
