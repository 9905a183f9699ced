"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { Tooltip } from "@/components/ui/tooltip";

export interface EstimateValue {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** 0.926 -> "92.6" */
export const percent = (share: number): string => (100 * share).toFixed(1);

/** A share with its interval: the figure, and how far the true one may lie. */
export function Estimate({ estimate, className }: { readonly estimate: EstimateValue; readonly className?: string }) {
  const t = useTranslations("registry");
  const [value, low, high] = [estimate.value, estimate.low, estimate.high].map(percent) as [string, string, string];
  return (
    <Tooltip content={t("interval", { value, low, high })}>
      <span className={cn("tabular whitespace-nowrap", className)}>
        {`${value} %`} <span className="text-faint text-xs">{t("range", { low, high })}</span>
      </span>
    </Tooltip>
  );
}
