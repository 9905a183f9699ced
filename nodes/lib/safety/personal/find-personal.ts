import { atOnce, type Steps } from "@/runtime/node/steps";
import { type Span, unite } from "../finding";
import { createWordScanner, type WordScanner } from "../word-scanner";
import { findBankCards } from "./bank-card";
import { type Detector, type PersonalKind, personalKinds } from "./detector";
import { findEmails } from "./email";
import { findIps } from "./ip";
import { findNames } from "./name/find-names";
import { findPassports } from "./passport";
import { createPhoneDetector } from "./phone";
import type { IsPhoneNumber } from "./phone-numbers";
import { plainText } from "./plain-text";
import { findResidentIds } from "./resident-id";

export interface PersonalSpan extends Span {
  readonly kind: PersonalKind;
}

export interface PersonalOptions {
  readonly kinds: readonly PersonalKind[];
  readonly isPhoneNumber: IsPhoneNumber;
  /** Names that are found wherever they stand. */
  readonly names?: WordScanner;
}

/** All personal data of the chosen kinds, in order, none overlapping. */
export const findPersonal = (given: string, options: PersonalOptions): readonly PersonalSpan[] =>
  atOnce(personalSteps(given, options));

/** The same, left after each place that was looked at closer. */
export function* personalSteps(
  given: string,
  { kinds, isPhoneNumber, names }: PersonalOptions,
): Steps<readonly PersonalSpan[]> {
  const plain = plainText(given);
  const detectors: Readonly<Record<PersonalKind, Detector>> = {
    "resident-id": findResidentIds,
    "bank-card": findBankCards,
    passport: findPassports,
    phone: createPhoneDetector(isPhoneNumber),
    email: findEmails,
    ip: findIps,
    name: findNames,
  };
  yield;
  const found: PersonalSpan[] = [];
  for (const kind of kinds) {
    for (const { start, end, score } of yield* detectors[kind](plain.text))
      found.push({ kind, start: plain.start(start), end: plain.end(end), score });
    yield;
  }
  const listed = kinds.includes("name") ? (names?.scan(given) ?? []) : [];
  const spans = [...found, ...listed.map(({ start, end }) => ({ kind: "name" as const, start, end, score: 1 }))];
  yield;
  return unite(spans, ({ kind }) => personalKinds.indexOf(kind));
}

export const createNameScanner = (names: readonly string[]): WordScanner => createWordScanner(names);
