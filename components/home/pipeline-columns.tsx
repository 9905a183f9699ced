"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { GraphMiniature } from "@/components/gallery/graph-miniature";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { DataColumn } from "@/components/ui/data-row";
import { Nothing } from "@/components/ui/figures";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowLink } from "@/components/ui/row-link";
import { runStatus, StatusGlyph } from "@/components/ui/status-glyph";
import type { PipelineItem } from "./pipeline-card";
import { PipelineMenu } from "./pipeline-menu";
import { usePipelineActions } from "./use-pipeline-actions";

/** The columns of the list of pipelines; of deleted ones there is only the way back. */
export const usePipelineColumns = ({ removed }: { readonly removed: boolean }): readonly DataColumn<PipelineItem>[] => {
  const t = useTranslations("pipelines");
  const { restore } = usePipelineActions();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `restore` is made anew with each drawing and does the same.
  return useMemo(
    () => [
      {
        id: "name",
        header: t("name"),
        width: "minmax(220px,1fr)",
        cell: (pipeline) => (
          <span className="flex min-w-0 items-center gap-3">
            <span className="h-7 w-14 shrink-0 rounded-sm bg-page p-0.5">
              <GraphMiniature {...pipeline.miniature} tiny />
            </span>
            {removed ? (
              <span className="truncate font-medium">{pipeline.name}</span>
            ) : (
              <RowLink href={`/pipelines/${pipeline.id}`}>{pipeline.name}</RowLink>
            )}
          </span>
        ),
      },
      {
        id: "lastRun",
        header: t("lastRun"),
        width: "150px",
        cell: ({ lastRun }) =>
          lastRun ? (
            <span className="flex items-center gap-2">
              <StatusGlyph status={runStatus[lastRun.status]} />
              <RelativeTime date={lastRun.startedAt} />
            </span>
          ) : (
            <Nothing />
          ),
      },
      {
        id: "published",
        header: t("publishedAs"),
        width: "minmax(120px,200px)",
        cell: ({ deployment }) =>
          deployment ? <Badge tone={deployment.active ? "ok" : "neutral"}>{deployment.slug}</Badge> : <Nothing />,
      },
      {
        id: "nodes",
        header: t("steps"),
        width: "72px",
        align: "end",
        cell: ({ nodeCount }) => <span className="tabular">{nodeCount}</span>,
      },
      {
        id: "updatedAt",
        header: t("edited"),
        width: "150px",
        cell: ({ updatedAt }) => <RelativeTime date={updatedAt} />,
      },
      {
        id: "actions",
        header: "",
        width: removed ? "100px" : "40px",
        align: "end",
        cell: (pipeline) =>
          removed ? (
            <Button size="sm" onClick={() => restore(pipeline)}>
              {t("restore")}
            </Button>
          ) : (
            <PipelineMenu pipeline={pipeline} />
          ),
      },
    ],
    [t, removed],
  );
};
