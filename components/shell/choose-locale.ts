import { localeCookie } from "@/i18n/locale";
import type { Locale } from "@/runtime/node/localized";

const year = 365 * 24 * 60 * 60;

/** Remembers the language; the page shows it after `router.refresh()`. */
export const chooseLocale = (locale: Locale): void => {
  // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is missing in browsers we serve and on plain http.
  document.cookie = `${localeCookie}=${locale}; path=/; max-age=${year}; samesite=lax`;
};

/** Each language by its own name, so that who reads it recognises it. */
export const localeNames = { en: "English", zh: "简体中文" } as const satisfies Record<Locale, string>;
