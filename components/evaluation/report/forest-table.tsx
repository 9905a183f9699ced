import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { Decision, Report } from "@/runtime/eval/contract/report";
import { DecisionBadge } from "../decision-badge";
import { useReportLocale } from "../use-report-locale";
import { VariantName } from "../variant-name";
import { DifferenceFigure } from "./difference-figure";
import { IntervalAxis, IntervalMark } from "./interval-mark";
import { axisReach, type ForestLine } from "./measured";
import { ValueFigure } from "./value-figure";

const colours: Readonly<Record<Decision, string>> = {
  better: "var(--ok)",
  "not-worse": "var(--ok)",
  worse: "var(--error)",
  "no-difference": "var(--muted)",
  inconclusive: "var(--muted)",
};

interface ForestTableProps {
  readonly report: Report;
  readonly lines: readonly ForestLine[];
  /** Title of the first column. */
  readonly heading: string;
  /** Names a line; left out: the metric. */
  readonly nameOf?: (line: ForestLine) => React.ReactNode;
  readonly unit: string;
  readonly caption: string;
}

/** Differences with their intervals on one axis: a table to read, a forest plot to see. */
export function ForestTable({ report, lines, heading, nameOf, unit, caption }: ForestTableProps) {
  const t = useTranslations("experiments.result");
  const locale = useReportLocale();
  const reach = axisReach(lines);
  const many = report.variants.length > 2;
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-surface">
      <table className="w-full min-w-200 table-fixed text-sm">
        <caption className="sr-only">{caption}</caption>
        <colgroup>
          <col className="w-[24%]" />
          {many ? <col className="w-[14%]" /> : null}
          <col className="w-[9%]" />
          <col className="w-[9%]" />
          <col className="w-[15%]" />
          <col />
          <col className="w-34" />
        </colgroup>
        <thead>
          <tr className="border-line border-b text-left text-faint text-xs [&>th]:px-3 [&>th]:py-2 [&>th]:font-normal">
            <th scope="col">{heading}</th>
            {many ? <th scope="col">{t("variant")}</th> : null}
            <th scope="col" className="text-right">
              {t("baseline")}
            </th>
            <th scope="col" className="text-right">
              {t("variant")}
            </th>
            <th scope="col">{t("difference")}</th>
            <th scope="col">
              <IntervalAxis reach={reach} unit={unit} />
            </th>
            <th scope="col">{t("decision")}</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {lines.map((line, index) => {
            const { metric, comparison, at } = line;
            const value = (variant: number) => metric.values.find((each) => each.variant === variant);
            return (
              <tr
                // biome-ignore lint/suspicious/noArrayIndexKey: lines have an order and no identity of their own.
                key={index}
                className="[&>*]:px-3 [&>*]:py-1.5"
              >
                <th scope="row" className="text-left font-medium">
                  <span className="flex items-center gap-2">
                    <span className="min-w-0 break-words">{nameOf ? nameOf(line) : metric.title[locale]}</span>
                    {metric.counts ? null : <Badge tone="warn">{t("notCounted")}</Badge>}
                  </span>
                </th>
                {many ? (
                  <td>
                    <VariantName
                      variants={report.variants}
                      variant={comparison.variant}
                      baseline={report.baseline}
                      className="max-w-full"
                    />
                  </td>
                ) : null}
                <td className="text-right text-muted">
                  <ValueFigure metric={metric} value={value(report.baseline)} />
                </td>
                <td className="text-right">
                  <ValueFigure metric={metric} value={value(comparison.variant)} />
                </td>
                <td>
                  <DifferenceFigure metric={metric} comparison={comparison} />
                </td>
                <td>
                  {at === null ? null : <IntervalMark at={at} reach={reach} colour={colours[comparison.decision]} />}
                </td>
                <td>
                  <DecisionBadge decision={comparison.decision} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
