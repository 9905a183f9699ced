"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatSize } from "@/components/run/file-value";
import { CopyButton } from "@/components/ui/copy-button";
import type { Locale } from "@/runtime/node/localized";
import { FetchModel } from "./fetch-model";
import type { EmbeddedStatus } from "./use-embedded-status";

/** Models that can be fetched beside the shipped ones, the smallest first. */
export function EmbeddedOffers({ offers }: Pick<EmbeddedStatus, "offers">) {
  const t = useTranslations("endpoints.embedded");
  const locale = useLocale() as Locale;
  if (offers.length === 0) return null;
  return (
    <details className="border-line border-t px-4 py-2.5">
      <summary className="cursor-pointer text-muted">{t("offers", { count: offers.length })}</summary>
      <p className="mt-1 text-muted">{t("offersHelp")}</p>
      <ul className="mt-1.5">
        {offers
          .toSorted((left, right) => left.bytes - right.bytes)
          .map((offer) => (
            <li key={offer.name} className="group flex min-h-8 items-center gap-3">
              <span className="min-w-0 flex-1 truncate text-fg" title={`${offer.title[locale]} (${offer.name})`}>
                {offer.title[locale]}
              </span>
              <CopyButton value={offer.command} size="sm" />
              {offer.licence ? (
                <span
                  className="w-24 shrink-0 truncate text-faint text-xs"
                  title={t("licence", { licence: offer.licence })}
                >
                  {offer.licence}
                </span>
              ) : null}
              <span className="tabular w-16 shrink-0 text-right text-muted text-xs">{formatSize(offer.bytes)}</span>
              <FetchModel {...offer} />
            </li>
          ))}
      </ul>
    </details>
  );
}
