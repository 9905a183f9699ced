import { Check, X } from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { MetricReport } from "@/runtime/eval/contract/report";
import { formatValue } from "@/runtime/eval/say/format-value";
import { useReportLocale } from "../use-report-locale";

interface CellScoreProps {
  readonly value: number | null;
  readonly metric: Pick<MetricReport, "scale" | "unit" | "kind" | "better" | "title"> | null;
}

/** A value of one case: right or wrong as a glyph, all else as a figure. */
export function CellScore({ value, metric }: CellScoreProps) {
  const locale = useReportLocale();
  if (value === null || metric === null) return null;
  const text = formatValue(value, metric, locale);
  if (metric.scale === "binary" && (value === 0 || value === 1)) {
    const good = (value === 1) === (metric.better === "higher");
    const Icon = value === 1 ? Check : X;
    return (
      <span
        title={`${metric.title[locale]}: ${text}`}
        className={cn(
          "mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full",
          good ? "bg-ok-soft text-ok" : "bg-error-soft text-error",
        )}
      >
        <Icon className="size-3" aria-label={`${metric.title[locale]}: ${text}`} />
      </span>
    );
  }
  return (
    <span
      title={metric.title[locale]}
      className="tabular shrink-0 rounded-sm bg-hover px-1 text-muted text-xs leading-5"
    >
      {text}
    </span>
  );
}
