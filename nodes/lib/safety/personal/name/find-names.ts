import type { Detector } from "../detector";
import { findChineseNames } from "./chinese-name";
import { findIntroducedNames } from "./introduced-name";
import { findJapaneseNames, findKoreanNames } from "./suffixed-name";
import { findTitledNames } from "./titled-name";

/** Titles name people; so do labels and words that introduce one. Capitals alone do not, so names without either are for the user's list. */
export const findNames: Detector = function* (text) {
  return [
    ...(yield* findTitledNames(text)),
    ...(yield* findIntroducedNames(text)),
    ...(yield* findChineseNames(text)),
    ...(yield* findJapaneseNames(text)),
    ...(yield* findKoreanNames(text)),
  ];
};
