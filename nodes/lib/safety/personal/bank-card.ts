import type { Steps } from "@/runtime/node/steps";
import type { Span } from "../finding";
import type { Detector } from "./detector";

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

const isCard = (digits: string): boolean => isIssued(digits) && passesLuhn(digits) && !/^(\d)\1*$/.test(digits);

/** Lengths of the groups in which cards are printed and typed. */
const shapes = [
  [4, 4, 4, 4, 3],
  [4, 4, 4, 4, 2],
  [4, 4, 4, 4, 1],
  [4, 4, 4, 4],
  [4, 6, 5],
  [4, 6, 4],
  [6, 13],
  [8, 8],
];

/** What may part two groups: one sign, or a line end with what quoted mail puts at the beginning of a line. */
const gap = /^(?:[ .·•-]|[ .·•-]?\r?\n[ >|]{0,4})$/;

interface Group {
  readonly digits: string;
  readonly start: number;
  /** Whether no more than a gap parts it from the group before. */
  readonly joined: boolean;
}

function* groupsOf(text: string): Steps<readonly Group[]> {
  const groups: Group[] = [];
  let end = -1;
  for (const { 0: digits, index } of text.matchAll(/\d+/g)) {
    groups.push({ digits, start: index, joined: end >= 0 && index - end < 9 && gap.test(text.slice(end, index)) });
    end = index + digits.length;
    yield;
  }
  return groups;
}

/** How many groups from here on are a card; 0 is none. */
const countOfCard = (text: string, groups: readonly Group[], first: number): number => {
  const { digits: head = "", start = 0 } = groups[first] ?? {};
  // Sixteen digits behind "0." are a fraction.
  if (head.length >= 13 && isCard(head) && text.slice(Math.max(0, start - 2), start) !== "0.") return 1;
  for (const shape of shapes) {
    const taken = groups.slice(first, first + shape.length);
    if (taken.length < shape.length) continue;
    if (!taken.every((group, index) => group.digits.length === shape[index] && (index === 0 || group.joined))) continue;
    // Four digits more on either side make it something else: a card has no fifth whole group, and an account number has.
    const [before, after] = [groups[first - 1], groups[first + shape.length]];
    const preceded = groups[first]?.joined === true && (before?.digits.length ?? 0) >= 4;
    const followed = after?.joined === true && after.digits.length === 4 && shape.length === 4;
    if (shape.length > 2 && (preceded || followed)) continue;
    if (isCard(taken.map(({ digits }) => digits).join(""))) return shape.length;
  }
  return 0;
};

/** Digits that touch letters are a part of a serial number as often as a card, whatever their checksum. */
const scoreOf = (text: string, start: number, end: number): number =>
  /[A-Za-z]/.test(text[start - 1] ?? "") || /[A-Za-z]/.test(text[end] ?? "") ? 0.75 : 0.97;

export const findBankCards: Detector = function* (text) {
  const spans: Span[] = [];
  const groups = yield* groupsOf(text);
  for (let first = 0; first < groups.length; ) {
    const count = countOfCard(text, groups, first);
    const [from, to] = [groups[first], groups[first + count - 1]];
    if (count > 0 && from !== undefined && to !== undefined) {
      const end = to.start + to.digits.length;
      spans.push({ start: from.start, end, score: scoreOf(text, from.start, end) });
    }
    first += Math.max(1, count);
    yield;
  }
  return spans;
};
