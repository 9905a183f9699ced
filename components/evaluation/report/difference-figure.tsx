import { useTranslations } from "next-intl";
import type { Comparison, Interval, MetricReport } from "@/runtime/eval/contract/report";
import { formatBound, formatDifference, percentOf } from "@/runtime/eval/say/format-value";
import { cautions, effectSizes, lookUp, methods, tests } from "@/runtime/eval/say/glossary";
import { isMeanJudged } from "@/runtime/eval/say/say-typical";
import type { Locale } from "@/runtime/node/localized";
import { Explained } from "../explained";
import { useReportLocale } from "../use-report-locale";

interface DifferenceFigureProps {
  readonly metric: MetricReport;
  readonly comparison: Comparison;
}

const pText = (value: number) => (value < 0.001 ? "< 0.001" : `= ${value.toFixed(3)}`);

const typicalFigures = ({ value, low, high }: Interval, metric: MetricReport, locale: Locale) =>
  low === null || high === null
    ? formatDifference(value, metric, locale)
    : `${formatDifference(value, metric, locale)} (${formatBound(low, metric, locale)} … ${formatBound(high, metric, locale)})`;

/** How a difference was reckoned, for the tooltip of its figure. */
export function DifferenceMethod({ metric, comparison }: DifferenceFigureProps) {
  const t = useTranslations("experiments.result");
  const locale = useReportLocale();
  const { difference, test, effectSize, nonInferiority, detectable, confidence, clusters, rows, others } = comparison;
  if (difference === null) return null;
  const method = lookUp(methods, difference.method);
  const named = test === null ? null : lookUp(tests, test.name);
  return (
    <span className="flex flex-col gap-1 py-0.5">
      <span>
        <b className="font-medium">{`${method.name[locale]}, ${percentOf(confidence)} %`}</b>
        <br />
        <span className="text-muted">{method.says[locale]}</span>
      </span>
      {test && named ? (
        <span>
          <b className="font-medium">{`${named.name[locale]}, p ${pText(test.adjustedPValue)}`}</b>
          {test.adjustedPValue === test.pValue ? null : (
            <span className="text-muted"> {t("unadjusted", { p: pText(test.pValue) })}</span>
          )}
          <br />
          <span className="text-muted">{named.says[locale]}</span>
        </span>
      ) : null}
      {effectSize ? (
        <span>{`${lookUp(effectSizes, effectSize.name).name[locale]}: ${effectSize.value.toFixed(2)}`}</span>
      ) : null}
      {comparison.typical ? (
        <span>{t("typical", { figures: typicalFigures(comparison.typical, metric, locale) })}</span>
      ) : null}
      {(comparison.cautions ?? []).map((caution) => (
        <span
          key={caution}
          className="text-muted"
        >{`${lookUp(cautions, caution).name[locale]}. ${lookUp(cautions, caution).says[locale]}`}</span>
      ))}
      {(others?.tests ?? []).map(({ name, pValue }) => (
        <span key={name} className="text-muted">{`${lookUp(tests, name).name[locale]}: p ${pText(pValue)}`}</span>
      ))}
      {(others?.intervals ?? []).map(({ method: name, low, high }) => (
        <span key={name} className="text-muted">
          {`${lookUp(methods, name).name[locale]}: ${low === null ? "" : formatBound(low, metric, locale)} … ${high === null ? "" : formatBound(high, metric, locale)}`}
        </span>
      ))}
      {nonInferiority ? (
        <span>
          {t("margin", {
            margin: formatBound(nonInferiority.margin, metric, locale).replace("+", ""),
            p: pText(nonInferiority.pValue),
          })}
        </span>
      ) : null}
      {detectable === null ? null : (
        <span className="text-muted">
          {t("detectable", { difference: formatDifference(detectable, metric, locale).replace("+", "") })}
        </span>
      )}
      <span className="text-muted">
        {clusters === rows ? t("onRows", { rows }) : t("onClusters", { rows, clusters })}
      </span>
    </span>
  );
}

/** A difference with its interval; how it was reckoned on hover and focus. */
export function DifferenceFigure({ metric, comparison }: DifferenceFigureProps) {
  const t = useTranslations("experiments.result");
  const locale = useReportLocale();
  const { difference } = comparison;
  if (difference === null) return <span className="text-faint">{"–"}</span>;
  const { value, low, high } = difference;
  return (
    <span className="tabular flex flex-col items-start leading-4">
      <Explained content={<DifferenceMethod metric={metric} comparison={comparison} />} className="font-medium text-fg">
        {formatDifference(value, metric, locale)}
      </Explained>
      {low === null || high === null ? null : (
        <span className="mt-1 text-faint text-xs">
          {`${formatBound(low, metric, locale)} … ${formatBound(high, metric, locale)}`}
        </span>
      )}
      {comparison.typical && !isMeanJudged(comparison) ? (
        <span className="mt-1 text-faint text-xs">
          {t("typical", { figures: typicalFigures(comparison.typical, metric, locale) })}
        </span>
      ) : null}
    </span>
  );
}
