import { useTranslations } from "next-intl";
import { Section } from "@/components/shell/section";
import type { Report } from "@/runtime/eval/contract/report";
import { ForestTable } from "./forest-table";
import { forestLines } from "./measured";

/** Every metric: what was reached, the difference, and how sure it is. */
export function MetricsSection({ report }: { readonly report: Report }) {
  const t = useTranslations("experiments.result");
  const { points, relative } = forestLines(report, report.metrics);
  if (points.length + relative.length === 0) return null;
  return (
    <Section title={t("metrics")} description={t("metricsHelp")}>
      {points.length > 0 ? (
        <ForestTable report={report} lines={points} heading={t("metric")} unit="" caption={t("pointsCaption")} />
      ) : null}
      {relative.length > 0 ? (
        <ForestTable report={report} lines={relative} heading={t("metric")} unit=" %" caption={t("relativeCaption")} />
      ) : null}
    </Section>
  );
}
