import type { Detector } from "../detector";
import { findChineseNames } from "./chinese-name";
import { findIntroducedNames } from "./introduced-name";
import { findJapaneseNames, findKoreanNames } from "./suffixed-name";
import { findTitledNames } from "./titled-name";

/** Titles name people; so do labels and words that introduce one. Capitals alone do not, so names without either are for the user's list. */
export const findNames: Detector = (text) => [
  ...findTitledNames(text),
  ...findIntroducedNames(text),
  ...findChineseNames(text),
  ...findJapaneseNames(text),
  ...findKoreanNames(text),
];
