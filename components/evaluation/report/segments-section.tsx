import { useTranslations } from "next-intl";
import { Section } from "@/components/shell/section";
import type { Report, SegmentReport } from "@/runtime/eval/contract/report";
import { useReportLocale } from "../use-report-locale";
import { ForestTable } from "./forest-table";
import { type ForestLine, forestLines } from "./measured";

interface SegmentLine extends ForestLine {
  readonly segment: SegmentReport;
}

/** The main metric by kind of case: which got better, which got worse. */
export function SegmentsSection({ report }: { readonly report: Report }) {
  const t = useTranslations("experiments.result");
  const locale = useReportLocale();
  const primary = report.metrics.find(({ id }) => id === report.primary);
  if (primary === undefined || report.segments.length === 0) return null;
  const lines = report.segments.flatMap((segment): SegmentLine[] => {
    const { points, relative } = forestLines(report, [
      { ...primary, values: segment.values, comparisons: segment.comparisons },
    ]);
    return [...points, ...relative].map((line) => ({ ...line, segment }));
  });
  if (lines.length === 0) return null;
  const nameOf = (line: ForestLine) => {
    const { kind, name, folded, rows } = (line as SegmentLine).segment;
    return (
      <span className="flex flex-col">
        <span>{folded > 0 ? t("folded", { count: folded }) : name}</span>
        <span className="font-normal text-faint text-xs">{`${t(`segment.${kind}`)} · ${t("rows", { rows })}`}</span>
      </span>
    );
  };
  const relative = primary.unit !== null || (primary.scale === "number" && primary.kind !== "pair");
  return (
    <Section title={t("segments")} description={t("segmentsHelp", { metric: primary.title[locale] })}>
      <ForestTable
        report={report}
        lines={lines}
        heading={t("kindOfCase")}
        nameOf={nameOf}
        unit={relative ? " %" : ""}
        caption={t("segments")}
      />
    </Section>
  );
}
