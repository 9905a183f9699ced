import { useTranslations } from "next-intl";
import { Money, Nothing, Tokens } from "@/components/ui/figures";
import type { Report } from "@/runtime/eval/contract/report";
import { useReportLocale } from "../use-report-locale";
import { VariantName } from "../variant-name";
import { ValueFigure } from "./value-figure";

/** The variants side by side: what each reached, what it cost, what failed. */
export function VariantsTable({ report }: { readonly report: Report }) {
  const t = useTranslations("experiments.result");
  const locale = useReportLocale();
  const primary = report.metrics.find(({ id }) => id === report.primary);
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-surface">
      <table className="tabular w-full min-w-160 text-sm">
        <caption className="sr-only">{t("variants")}</caption>
        <thead>
          <tr className="border-line border-b text-faint text-xs [&>th]:px-3 [&>th]:py-2 [&>th]:text-right [&>th]:font-normal">
            <th scope="col" style={{ textAlign: "left" }}>
              {t("variant")}
            </th>
            {primary && primary.kind !== "pair" ? <th scope="col">{primary.title[locale]}</th> : null}
            <th scope="col">{t("answers")}</th>
            <th scope="col">{t("failures")}</th>
            <th scope="col">{t("cached")}</th>
            <th scope="col">{t("tokensEach")}</th>
            <th scope="col">{t("costTotal")}</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {report.variants.map((variant, index) => (
            <tr key={variant.key} className="[&>*]:px-3 [&>*]:py-1.5 [&>td]:text-right">
              <th scope="row" className="max-w-72 text-left font-medium">
                <span className="flex min-w-0 items-center gap-2">
                  <VariantName variants={report.variants} variant={index} baseline={report.baseline} />
                  {index === report.baseline && report.variants.length > 1 ? (
                    <span className="shrink-0 font-normal text-faint text-xs">{t("baseline")}</span>
                  ) : null}
                </span>
              </th>
              {primary && primary.kind !== "pair" ? (
                <td className="font-medium">
                  <ValueFigure metric={primary} value={primary.values.find((each) => each.variant === index)} />
                </td>
              ) : null}
              <td>
                {variant.cells}
                {variant.attempts === undefined ? null : (
                  <span className="ml-1.5 text-muted text-xs">{t("attempts", { count: variant.attempts })}</span>
                )}
              </td>
              <td className={variant.failures > 0 ? "text-error" : "text-muted"}>
                {variant.failures}
                {variant.notWhole ? (
                  <span className="ml-1.5 text-warn text-xs">{t("notWhole", { count: variant.notWhole })}</span>
                ) : null}
                {variant.unanswered ? (
                  <span className="ml-1.5 text-muted text-xs">{t("unanswered", { count: variant.unanswered })}</span>
                ) : null}
              </td>
              <td className="text-muted">{variant.cached}</td>
              <td>
                {variant.cells === 0 ? (
                  <Nothing />
                ) : (
                  <Tokens
                    input={Math.round(variant.inputTokens / Math.max(1, variant.cells - (variant.uncounted ?? 0)))}
                    output={Math.round(variant.outputTokens / Math.max(1, variant.cells - (variant.uncounted ?? 0)))}
                    uncounted={variant.uncounted === variant.cells ? variant.cells : 0}
                  />
                )}
              </td>
              <td>
                <Money microUsd={variant.totalCostMicroUsd} atLeast={variant.knownCostMicroUsd} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
