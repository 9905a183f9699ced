export const locales = ["en", "zh"] as const;
export type Locale = (typeof locales)[number];

/** A short text in every language of the interface. It lives beside what it names, so that adding a node is adding one file. */
export type Localized = Readonly<Record<Locale, string>>;

export const localize = (text: Localized, locale: Locale): string => text[locale];
