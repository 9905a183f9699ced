"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatSize } from "@/components/run/file-value";
import type { RouterOutputs } from "@/components/trpc/client";
import { Duration, Money } from "@/components/ui/figures";
import { formatCount } from "@/components/ui/format";

export type CacheStateRow = RouterOutputs["answerCache"]["state"][number];

/** How often a step answered from memory in 30 days, what that saved, and what it keeps now. */
export function CacheFigures({ state }: { readonly state: CacheStateRow }) {
  const t = useTranslations("deployments.cache");
  const locale = useLocale();
  const { hits, misses, aside, savedMs, savedMicroUsd, unpriced, entries, bytes } = state;
  const asked = hits + misses;
  const share = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-2 text-sm" data-testid="cache-figures">
      <Figure name={t("rate")} title={t("rateHelp", { hits, asked, aside })}>
        {asked === 0 ? "–" : share.format(hits / asked)}
        <span className="ml-1.5 font-normal text-faint text-xs">{t("ofAsked", { hits, asked })}</span>
      </Figure>
      <Figure name={t("savedTime")}>
        <Duration ms={savedMs} />
      </Figure>
      <Figure name={t("savedMoney")}>
        <Money microUsd={unpriced > 0 ? null : savedMicroUsd} atLeast={savedMicroUsd} />
      </Figure>
      <Figure name={t("kept")}>
        {formatCount(entries)}
        <span className="ml-1.5 font-normal text-faint text-xs">{formatSize(bytes)}</span>
      </Figure>
      {aside > 0 ? (
        <Figure name={t("aside")} title={t("asideHelp")}>
          {formatCount(aside)}
        </Figure>
      ) : null}
    </dl>
  );
}

function Figure({
  name,
  title,
  children,
}: {
  readonly name: string;
  readonly title?: string;
  readonly children: ReactNode;
}) {
  return (
    <div title={title}>
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="tabular font-medium">{children}</dd>
    </div>
  );
}
