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
export function Money({
  microUsd,
  atLeast = 0,
}: {
  readonly microUsd: number | bigint | null | undefined;
  /** The part of an unknown sum that is known. */
  readonly atLeast?: number | undefined;
}) {
  const t = useTranslations("ui");
  if (microUsd === undefined) return <Nothing />;
  if (microUsd === null && atLeast > 0)
    return (
      <Tooltip content={t("costInPart")}>
        <span className="tabular whitespace-nowrap">{t("atLeast", { figure: formatCost(atLeast) })}</span>
      </Tooltip>
    );
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

/** Tokens read and written; the two apart in the tooltip. `null` is what the endpoint did not count, which is not the same as none. */
export function Tokens({
  input,
  output,
  uncounted = 0,
}: {
  readonly input: number | null;
  readonly output: number | null;
  /** Calls that are in the sum with less than they used, or with nothing. */
  readonly uncounted?: number | undefined;
}) {
  const t = useTranslations("ui");
  const known = (input ?? 0) + (output ?? 0);
  if (input === null || output === null || uncounted > 0)
    return (
      <Tooltip content={t("tokensUncounted")}>
        <span className="tabular whitespace-nowrap text-faint">
          {known === 0 ? t("tokensUnknown") : t("tokens", { count: t("atLeast", { figure: formatCount(known) }) })}
        </span>
      </Tooltip>
    );
  return (
    <Tooltip content={t("tokensDetail", { input, output })}>
      <span className="tabular whitespace-nowrap">{t("tokens", { count: formatCount(input + output) })}</span>
    </Tooltip>
  );
}

export function Nothing() {
  return <span className="text-faint">{"–"}</span>;
}
