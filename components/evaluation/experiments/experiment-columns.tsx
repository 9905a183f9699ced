"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { statusGlyphs } from "@/components/job/status-glyphs";
import type { DataColumn } from "@/components/ui/data-row";
import { Nothing } from "@/components/ui/figures";
import { ProgressBar } from "@/components/ui/progress-bar";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowLink } from "@/components/ui/row-link";
import { StatusGlyph } from "@/components/ui/status-glyph";
import type { ExperimentItem } from "../types";
import { VerdictGlyph } from "./verdict-glyph";

/** The columns of the list of experiments. */
export const useExperimentColumns = (): readonly DataColumn<ExperimentItem>[] => {
  const t = useTranslations("experiments");
  const job = useTranslations("job.status");
  return useMemo(
    () => [
      {
        id: "name",
        header: t("column.name"),
        width: "minmax(200px,1.2fr)",
        cell: ({ id, name, origin }) => (
          <span className="flex min-w-0 items-baseline gap-2">
            <RowLink href={`/evaluation/experiments/${id}`}>{name}</RowLink>
            {origin === "hand" ? null : <span className="shrink-0 text-faint text-xs">{t(`origin.${origin}`)}</span>}
          </span>
        ),
      },
      {
        id: "verdict",
        header: t("column.verdict"),
        width: "minmax(200px,1fr)",
        cell: (item) =>
          item.status === "running" || item.status === "queued" ? (
            <span className="flex w-full items-center gap-2">
              <ProgressBar
                label={t("progress")}
                value={item.cellsDone}
                most={item.cellsTotal}
                className="max-w-32 flex-1"
              />
              <span className="tabular text-xs">{t("cellsOf", { done: item.cellsDone, total: item.cellsTotal })}</span>
            </span>
          ) : item.verdict ? (
            <VerdictGlyph item={item} verdict={item.verdict} />
          ) : (
            <Nothing />
          ),
      },
      {
        id: "pipeline",
        header: t("column.pipeline"),
        width: "minmax(120px,0.8fr)",
        cell: ({ pipeline }) => <span className="truncate">{pipeline.name}</span>,
      },
      {
        id: "dataset",
        header: t("column.dataset"),
        width: "minmax(120px,0.8fr)",
        cell: ({ dataset }) => (
          <span className="truncate">{t("datasetVersion", { name: dataset.name, number: dataset.versionNumber })}</span>
        ),
      },
      {
        id: "status",
        header: t("column.status"),
        width: "120px",
        cell: ({ status }) => <StatusGlyph status={statusGlyphs[status]} label={job(status)} word />,
      },
      {
        id: "started",
        header: t("column.started"),
        width: "110px",
        cell: ({ createdAt }) => <RelativeTime date={createdAt} />,
      },
    ],
    [t, job],
  );
};
