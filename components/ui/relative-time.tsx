"use client";

import { useFormatter, useLocale, useNow, useTranslations } from "next-intl";
import { cn } from "./cn";
import { Tooltip } from "./tooltip";

const exactFormat: Intl.DateTimeFormatOptions = { dateStyle: "medium", timeStyle: "medium" };

export interface RelativeTimeProps {
  readonly date: Date | string;
  readonly className?: string;
}

/** "3 minutes ago", kept current; the exact local time on hover and for machines. */
export function RelativeTime({ date, className }: RelativeTimeProps) {
  const t = useTranslations("ui");
  const format = useFormatter();
  const locale = useLocale();
  const now = useNow({ updateInterval: 30_000 });
  const at = new Date(date);
  const recent = Math.abs(now.getTime() - at.getTime()) < 60_000;
  return (
    <Tooltip content={new Intl.DateTimeFormat(locale, exactFormat).format(at)}>
      <time dateTime={at.toISOString()} className={cn("whitespace-nowrap", className)} suppressHydrationWarning>
        {recent ? t("justNow") : format.relativeTime(at, now)}
      </time>
    </Tooltip>
  );
}
