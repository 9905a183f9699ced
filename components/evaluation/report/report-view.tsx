"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Section } from "@/components/shell/section";
import type { Report } from "@/runtime/eval/contract/report";
import type { ConfusedLabels } from "../cases/confused-labels";
import { AskedAnswers } from "./asked-answers";
import { ConfusionSection } from "./confusion-section";
import { CostChart } from "./cost-chart";
import { CumulativeChart } from "./cumulative-chart";
import { MetricsSection } from "./metrics-section";
import { SegmentsSection } from "./segments-section";
import { StrengthsSection } from "./strengths-section";
import { VariantsTable } from "./variants-table";
import { VerdictPanel } from "./verdict-panel";

interface ReportViewProps {
  readonly report: Report;
  /** Right below the verdict. */
  readonly children?: ReactNode;
  /** Shows the cases of one label taken for another. */
  readonly onConfused?: (labels: ConfusedLabels) => void;
}

/** A report as a page: the sentence first, then the figures it rests on. */
export function ReportView({ report, children, onConfused }: ReportViewProps) {
  const t = useTranslations("experiments.result");
  return (
    <>
      <VerdictPanel report={report} />
      {children}
      <AskedAnswers report={report} />
      <Section title={t("variants")}>
        <VariantsTable report={report} />
      </Section>
      <MetricsSection report={report} />
      <StrengthsSection report={report} />
      <div className="grid gap-4 lg:grid-cols-2">
        <CumulativeChart report={report} />
        <CostChart report={report} />
      </div>
      <SegmentsSection report={report} />
      <ConfusionSection report={report} onOpen={onConfused} />
    </>
  );
}
