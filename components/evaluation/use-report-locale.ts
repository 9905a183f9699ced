import { useLocale } from "next-intl";
import { isLocale } from "@/i18n/locale";
import type { Locale } from "@/runtime/node/localized";

/** The language of the interface as the type that reports are written in. */
export const useReportLocale = (): Locale => {
  const locale = useLocale();
  return isLocale(locale) ? locale : "en";
};
