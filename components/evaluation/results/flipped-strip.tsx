import { ArrowDown, ArrowRight, ArrowUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { Report } from "@/runtime/eval/contract/report";
import type { RowFilter } from "../types";
import { useReportLocale } from "../use-report-locale";

interface FlippedStripProps {
  readonly report: Report;
  readonly onShow: (filter: RowFilter) => void;
}

/** How many cases went either way, and the way to them. */
export function FlippedStrip({ report, onShow }: FlippedStripProps) {
  const t = useTranslations("experiments.result");
  const locale = useReportLocale();
  const metric = report.metrics.find(({ id }) => id === report.primary);
  const about = report.verdict.variant ?? report.variants.findIndex((_, index) => index !== report.baseline);
  const comparison = metric?.comparisons.find(({ variant }) => variant === about);
  if (metric === undefined || comparison === undefined) return null;
  const { wins, losses, ties } = comparison;
  return (
    <div className="-mt-4 flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-sm">
      <span>{t("flipped", { metric: metric.title[locale], count: wins + losses })}</span>
      <Button variant="ghost" size="sm" onClick={() => onShow("better")} className="text-ok">
        <ArrowUp aria-hidden="true" />
        {t("wins", { count: wins })}
      </Button>
      <Button variant="ghost" size="sm" onClick={() => onShow("worse")} className="text-error">
        <ArrowDown aria-hidden="true" />
        {t("losses", { count: losses })}
      </Button>
      <span>{t("ties", { count: ties })}</span>
      {wins + losses > 0 ? (
        <Button size="sm" onClick={() => onShow("flipped")}>
          {t("showFlipped")}
          <ArrowRight aria-hidden="true" />
        </Button>
      ) : null}
    </div>
  );
}
