import type { Locale, Localized } from "@/runtime/node/localized";

interface Searched {
  readonly id: string;
  readonly title: Localized;
  readonly summary: Localized;
  readonly category?: string;
}

const fold = (text: string): string => text.toLocaleLowerCase().normalize("NFKC");

/**
 * The templates that hold every word of the query, in either language; those with it in the title come first, else the
 * order stays. Chinese is not split into words: the query is looked for as it stands.
 */
export const findTemplates = <T extends Searched>(
  templates: readonly T[],
  query: string,
  locale: Locale,
): readonly T[] => {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return templates;
  const holds = (text: string) => words.every((word) => text.includes(word));
  const found = templates.filter(({ id, title, summary, category }) =>
    holds(fold([id, category, title.en, title.zh, summary.en, summary.zh].join(" "))),
  );
  return [
    ...found.filter(({ title }) => holds(fold(title[locale]))),
    ...found.filter(({ title }) => !holds(fold(title[locale]))),
  ];
};
