import { englishWords } from "./en";
import { chineseWords } from "./zh";

export const wordCategories = ["insult", "gambling", "drugs", "violence", "sexual", "fraud"] as const;
export type WordCategory = (typeof wordCategories)[number];

/**
 * Lists to start from, by language and category. They are short on purpose and leave out words that are harmless more often than not;
 * whoever needs more adds a list of their own.
 */
export const starterWords: Readonly<Record<"en" | "zh", Readonly<Record<WordCategory, readonly string[]>>>> = {
  en: englishWords,
  zh: chineseWords,
};
