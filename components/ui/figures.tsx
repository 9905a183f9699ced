"use client";

import { useLocale, useTranslations } from "next-intl";
import { isLocale } from "@/i18n/locale";
import { formatCost, formatCount, formatDuration } from "./format";
import { Tooltip } from "./tooltip";

/** Milliseconds as a person says them; a dash where there is none yet. */
export function Duration({ ms }: { readonly ms: number | null | undefined }) {
  const locale = useLocale();
  if (ms === null || ms === undefined) return <Nothing />;
  return <span className="tabular whitespace-nowrap">{formatDuration(ms, isLocale(locale) ? locale : "en")}</span>;
}

/** Millionths of a US dollar. `null` is a price nobody entered, which is not the same as free. */
export function Money({ microUsd }: { readonly microUsd: number | bigint | null | undefined }) {
  const t = useTranslations("ui");
  if (microUsd === undefined) return <Nothing />;
  if (microUsd === null)
    return (
      <Tooltip content={t("costUnknown")}>
        <span className="text-faint" role="img" aria-label={t("costUnknown")}>
          {"$ ?"}
        </span>
      </Tooltip>
    );
  return <span className="tabular whitespace-nowrap">{formatCost(Number(microUsd))}</span>;
}

/** Tokens read and written; the two apart in the tooltip. */
export function Tokens({ input, output }: { readonly input: number; readonly output: number }) {
  const t = useTranslations("ui");
  return (
    <Tooltip content={t("tokensDetail", { input, output })}>
      <span className="tabular whitespace-nowrap">{t("tokens", { count: formatCount(input + output) })}</span>
    </Tooltip>
  );
}

export function Nothing() {
  return <span className="text-faint">{"–"}</span>;
}
