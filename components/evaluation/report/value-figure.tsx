import { useTranslations } from "next-intl";
import type { MetricReport, VariantValue } from "@/runtime/eval/contract/report";
import { formatValue } from "@/runtime/eval/say/format-value";
import { lookUp, methods } from "@/runtime/eval/say/glossary";
import { Explained } from "../explained";
import { useReportLocale } from "../use-report-locale";

interface ValueFigureProps {
  readonly metric: MetricReport;
  readonly value: VariantValue | undefined;
}

/** What one variant reached on a metric; its interval and method on hover and focus. */
export function ValueFigure({ metric, value }: ValueFigureProps) {
  const t = useTranslations("experiments.result");
  const locale = useReportLocale();
  const estimate = value?.estimate ?? null;
  if (value === undefined || estimate === null) return <span className="text-faint">{"–"}</span>;
  const { name, says } = lookUp(methods, estimate.method);
  const bounds =
    estimate.low === null || estimate.high === null
      ? t("noInterval")
      : `${formatValue(estimate.low, metric, locale)} … ${formatValue(estimate.high, metric, locale)}`;
  return (
    <Explained
      className="tabular"
      content={
        <span className="flex flex-col gap-1 py-0.5">
          <span className="tabular">{bounds}</span>
          {value.quantiles ? (
            <span className="tabular">
              {t("quantiles", {
                median: formatValue(value.quantiles.median, metric, locale),
                p95: formatValue(value.quantiles.p95, metric, locale),
              })}
            </span>
          ) : null}
          <span className="text-muted">{`${name[locale]}. ${says[locale]}`}</span>
          <span className="text-muted">{t("valueRows", { rows: value.rows, missing: value.missing })}</span>
        </span>
      }
    >
      {formatValue(estimate.value, metric, locale)}
    </Explained>
  );
}
