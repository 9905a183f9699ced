import { useLocale, useTranslations } from "next-intl";
import { formatCost, formatDuration } from "@/components/ui/format";
import { isLocale } from "@/i18n/locale";
import type { SheetPreview } from "./types";

/** What all rows would take, as far as earlier runs say. */
export function SheetForecast({ forecast }: { readonly forecast: SheetPreview["forecast"] }) {
  const t = useTranslations("sheets.dialog");
  const locale = useLocale();
  const { basedOn: runs, seconds, costMicroUsd } = forecast;
  if (runs === 0 || seconds === null) return <>{t("forecastNone")}</>;
  const time = formatDuration(seconds * 1_000, isLocale(locale) ? locale : "en");
  return (
    <>
      {costMicroUsd === null
        ? t("forecastTime", { time, runs })
        : t("forecast", { time, runs, cost: formatCost(costMicroUsd) })}
    </>
  );
}
