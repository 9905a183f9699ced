import { type Locale, locales } from "@/runtime/node/localized";

/** Remembers the language a person chose; without it the browser's Accept-Language decides. */
export const localeCookie = "locale";
export const defaultLocale: Locale = "en";

export const isLocale = (value: unknown): value is Locale => locales.some((locale) => locale === value);

/** The best of our languages for an Accept-Language header: highest weight first, `zh-TW` counts as `zh`. */
export const negotiateLocale = (acceptLanguage: string | null | undefined): Locale => {
  const wanted = (acceptLanguage ?? "")
    .slice(0, 1000)
    .split(",")
    .map((part, order) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.split("-")[0] ?? "", quality: quality === undefined ? 1 : Number(quality), order };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || a.order - b.order);
  return wanted.map(({ language }) => language).find(isLocale) ?? defaultLocale;
};
