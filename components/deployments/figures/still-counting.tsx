"use client";

import { useFormatter, useTranslations } from "next-intl";

interface StillCountingProps {
  readonly countedUntil: Date;
  readonly alsoSince: Date;
}

/** Says what is missing while a long past is being added up. */
export function StillCounting({ countedUntil, alsoSince }: StillCountingProps) {
  const t = useTranslations("deployments.figures");
  const format = useFormatter();
  if (alsoSince.getTime() <= countedUntil.getTime()) return null;
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const said = (at: Date) => format.dateTime(at, { dateStyle: "medium", timeStyle: "short", timeZone });
  return (
    <p className="rounded-md bg-warn-soft px-3 py-2 text-sm text-warn" role="status">
      {countedUntil.getTime() === 0
        ? t("countingAll", { until: said(alsoSince) })
        : t("counting", { since: said(countedUntil), until: said(alsoSince) })}
    </p>
  );
}
