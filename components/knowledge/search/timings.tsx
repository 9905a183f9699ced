"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatDuration } from "@/components/ui/format";
import { isLocale } from "@/i18n/locale";
import type { SearchReply } from "../types";

const steps = ["embedMs", "vectorMs", "textMs", "rerankMs"] as const;

/** How long each step of a search took; steps that were not taken are left out. */
export function Timings({ timings }: { readonly timings: SearchReply["timings"] }) {
  const t = useTranslations("knowledge.search");
  const locale = useLocale();
  const say = (ms: number) => formatDuration(ms, isLocale(locale) ? locale : "en");
  return (
    <span className="tabular text-faint text-xs">
      {steps
        .filter((step) => timings[step] >= 0.05)
        .map((step) => `${t(`timing.${step}`)} ${say(timings[step])}`)
        .join(" · ")}
    </span>
  );
}
