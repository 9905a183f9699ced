"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Section } from "@/components/shell/section";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Skeleton } from "@/components/ui/skeleton";
import { CalibrationPlot } from "./calibration-plot";
import { ConfusionHeatMap } from "./confusion-heat-map";
import { Estimate, percent } from "./estimate";
import { LabelBars } from "./label-bars";
import { LearningCurve } from "./learning-curve";
import { Lineage } from "./lineage";

/** What was measured of a version, and what it was made from. */
export function VersionMetrics({ versionId }: { readonly versionId: string }) {
  const t = useTranslations("registry.metrics");
  const trpc = useTRPC();
  const query = useQuery(trpc.tunedModel.version.queryOptions({ id: versionId }));
  if (query.isError) return <QueryError error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Skeleton className="h-64 w-full" />;
  const { metrics } = query.data;
  const { accuracy, macroF1, majority, calibration, labels, confusion, curve, rows } = metrics;
  return (
    <>
      {accuracy && macroF1 ? (
        <section className="flex flex-col gap-2">
          <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-4">
            <Figure name={t("accuracy")}>
              <Estimate estimate={accuracy} />
            </Figure>
            <Figure name={t("macroF1")}>
              <Estimate estimate={macroF1} />
            </Figure>
            <Figure name={t("majority")}>{`${percent(majority ?? 0)} %`}</Figure>
            <Figure name={t("calibration")}>{`${percent(calibration?.error ?? 0)} %`}</Figure>
          </dl>
          <p className="text-muted text-xs">{t("heldOut", { rows: rows ?? 0 })}</p>
        </section>
      ) : null}
      {labels && confusion ? (
        <ConfusionHeatMap versionId={versionId} labels={labels.map(({ label }) => label)} cells={confusion} />
      ) : null}
      {labels ? <LabelBars labels={labels} /> : null}
      {curve && curve.length > 0 ? (
        <div className="grid gap-8 lg:grid-cols-2">
          <Section title={t("curve")} description={t("curveHelp", { best: metrics.bestEpoch ?? curve.length })}>
            <LearningCurve points={curve} best={metrics.bestEpoch ?? curve.length} />
          </Section>
          {calibration ? (
            <Section title={t("calibrationTitle")} description={t("calibrationHelp")}>
              <CalibrationPlot bins={calibration.bins} />
            </Section>
          ) : null}
        </div>
      ) : null}
      <Lineage version={query.data} />
    </>
  );
}

const Figure = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div className="flex flex-col gap-0.5 bg-surface px-4 py-3">
    <dt className="truncate text-faint text-xs">{name}</dt>
    <dd className="tabular font-medium text-lg">{children}</dd>
  </div>
);
