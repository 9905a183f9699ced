"use client";

import { useFormatter, useTranslations } from "next-intl";
import { LanguageMenu } from "@/components/shell/language-menu";
import { ThemeMenu } from "@/components/shell/theme-menu";
import { Mark } from "@/components/ui/mark";
import type { Report } from "@/runtime/eval/contract/report";
import { ReportView } from "../report/report-view";
import { ExportMenu } from "../results/export-menu";

interface SharedReportPageProps {
  readonly shared: {
    readonly name: string;
    readonly pipeline: string;
    readonly dataset: string;
    readonly createdAt: Date;
    readonly report: Report;
  };
}

/** A report for anybody who was given its link: figures and names, nothing that leads into the workspace. */
export function SharedReportPage({ shared }: SharedReportPageProps) {
  const t = useTranslations("experiments.shared");
  const format = useFormatter();
  const { name, pipeline, dataset, createdAt, report } = shared;
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="sticky top-0 z-30 flex h-12 items-center gap-3 border-line border-b bg-surface px-5">
        <Mark className="size-5" />
        <span className="text-muted">{t("title")}</span>
        <span className="flex-1" />
        <ExportMenu report={report} names={{ experiment: name, pipeline, dataset }} />
        <LanguageMenu />
        <ThemeMenu />
      </header>
      <main className="mx-auto flex w-full max-w-6xl flex-col gap-8 px-5 py-8">
        <div>
          <h1 className="break-words font-semibold text-xl">{name}</h1>
          <p className="text-muted text-sm">
            {t("facts", {
              pipeline,
              dataset,
              rows: report.rows,
              date: format.dateTime(createdAt, { dateStyle: "long" }),
            })}
          </p>
        </div>
        <ReportView report={report} />
      </main>
    </div>
  );
}
