"use client";

import { useFormatter, useTranslations } from "next-intl";

/** Times ahead in words, as a clock in that zone shows them. */
export function NextTimes({ times, timeZone }: { readonly times: readonly Date[]; readonly timeZone: string }) {
  const t = useTranslations("schedules");
  const format = useFormatter();
  const words = times.map((at) =>
    format.dateTime(at, {
      timeZone,
      weekday: "short",
      year: "numeric",
      month: "long",
      day: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      timeZoneName: "short",
    }),
  );
  return (
    <div className="text-sm">
      <p className="text-muted">{t("next")}</p>
      <ol className="tabular-nums" data-testid="next-times">
        {times.map((at, index) => (
          <li key={at.getTime()}>{words[index]}</li>
        ))}
      </ol>
    </div>
  );
}
