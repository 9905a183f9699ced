import { type Span, unite } from "../finding";
import { foldWidth } from "../fold";
import { createWordScanner, type WordScanner } from "../word-scanner";
import { findBankCards } from "./bank-card";
import { type Detector, type PersonalKind, personalKinds } from "./detector";
import { findEmails } from "./email";
import { findIps } from "./ip";
import { findNames } from "./name";
import { findPassports } from "./passport";
import { createPhoneDetector, type IsPhoneNumber } from "./phone";
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
export const findPersonal = (
  given: string,
  { kinds, isPhoneNumber, names }: PersonalOptions,
): readonly PersonalSpan[] => {
  const text = foldWidth(given);
  const detectors: Readonly<Record<PersonalKind, Detector>> = {
    "resident-id": findResidentIds,
    "bank-card": findBankCards,
    passport: findPassports,
    phone: createPhoneDetector(isPhoneNumber),
    email: findEmails,
    ip: findIps,
    name: (each) => [
      ...findNames(each),
      ...(names?.scan(each) ?? []).map(({ start, end }) => ({ start, end, score: 1 })),
    ],
  };
  const spans = kinds.flatMap((kind) => detectors[kind](text).map((span) => ({ ...span, kind })));
  return unite(spans, ({ kind }) => personalKinds.indexOf(kind));
};

export const createNameScanner = (names: readonly string[]): WordScanner => createWordScanner(names);
