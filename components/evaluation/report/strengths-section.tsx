import { useTranslations } from "next-intl";
import { Section } from "@/components/shell/section";
import { Badge } from "@/components/ui/badge";
import type { Report, Strengths } from "@/runtime/eval/contract/report";
import { formatValue, percentOf } from "@/runtime/eval/say/format-value";
import { useReportLocale } from "../use-report-locale";
import { variantColour } from "../variant-colour";
import { VariantName } from "../variant-name";
import { IntervalMark } from "./interval-mark";

const share = { scale: "unit", unit: null, kind: "mean" } as const;
const order = { above: 2, below: -1, apart: -2 } as const;
const placeOf = ({ chance, beyond }: Strengths["entries"][number]) =>
  chance?.value ?? (beyond === null ? 0 : order[beyond]);

/** Several variants by who is preferred: the chance of each to be preferred to the baseline, the strongest first. */
export function StrengthsSection({ report }: { readonly report: Report }) {
  const t = useTranslations("experiments.result.strengths");
  const locale = useReportLocale();
  const all = report.strengths ?? [];
  if (all.length === 0) return null;
  return (
    <Section title={t("title")} description={t("help")}>
      {all.map((strengths) => {
        const metric = report.metrics.find(({ id }) => id === strengths.metric);
        return (
          <div key={strengths.metric} className="overflow-x-auto rounded-lg border border-line bg-surface">
            <table className="tabular w-full min-w-160 table-fixed text-sm">
              <caption className="sr-only">{metric?.title[locale] ?? t("title")}</caption>
              <colgroup>
                <col className="w-[30%]" />
                <col className="w-[12%]" />
                <col className="w-[24%]" />
                <col />
              </colgroup>
              <thead>
                <tr className="border-line border-b text-left text-faint text-xs [&>th]:px-3 [&>th]:py-2 [&>th]:font-normal">
                  <th scope="col">
                    <span className="flex items-center gap-2">
                      {metric?.title[locale]}
                      {metric?.counts === false ? <Badge tone="warn">{t("notCounted")}</Badge> : null}
                    </span>
                  </th>
                  <th scope="col" className="text-right">
                    {t("rows")}
                  </th>
                  <th scope="col">{t("chance", { confidence: percentOf(strengths.confidence) })}</th>
                  <th scope="col">
                    <span aria-hidden="true" className="tabular flex justify-between text-faint text-xs">
                      <span>{"0 %"}</span>
                      <span>{"50 %"}</span>
                      <span>{"100 %"}</span>
                    </span>
                  </th>
                </tr>
              </thead>
              <tbody className="divide-y divide-line">
                {strengths.entries
                  .toSorted((one, other) => placeOf(other) - placeOf(one))
                  .map(({ variant, rows, chance, beyond }) => (
                    <tr key={variant} className="[&>*]:px-3 [&>*]:py-1.5">
                      <th scope="row" className="text-left font-medium">
                        <VariantName
                          variants={report.variants}
                          variant={variant}
                          baseline={report.baseline}
                          className="max-w-full"
                        />
                      </th>
                      <td className="text-right text-muted">{variant === report.baseline ? "" : rows}</td>
                      <td>
                        {variant === report.baseline ? (
                          <span className="text-muted">{t("baseline")}</span>
                        ) : chance === null ? (
                          <span className="text-muted">{t(`beyond.${beyond ?? "apart"}`)}</span>
                        ) : (
                          <>
                            {formatValue(chance.value, share, locale)}
                            {chance.low === null || chance.high === null ? null : (
                              <span className="text-muted">
                                {" "}
                                {t("range", {
                                  low: formatValue(chance.low, share, locale),
                                  high: formatValue(chance.high, share, locale),
                                })}
                              </span>
                            )}
                          </>
                        )}
                      </td>
                      <td>
                        {chance === null ? null : (
                          <IntervalMark
                            at={{
                              value: chance.value - 0.5,
                              low: chance.low === null ? null : chance.low - 0.5,
                              high: chance.high === null ? null : chance.high - 0.5,
                            }}
                            reach={0.5}
                            colour={variantColour(variant, report.baseline)}
                          />
                        )}
                      </td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </div>
        );
      })}
    </Section>
  );
}
