"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { RouterOutputs } from "@/components/trpc/client";
import type { DataColumn } from "@/components/ui/data-row";
import { Nothing } from "@/components/ui/figures";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowLink } from "@/components/ui/row-link";
import { Estimate } from "./estimate";
import { StageBadge } from "./stage-badge";

export type TunedModelItem = RouterOutputs["tunedModel"]["list"][number];

export const useModelColumns = (): readonly DataColumn<TunedModelItem>[] => {
  const t = useTranslations("registry");
  return useMemo(
    () => [
      {
        id: "name",
        header: t("column.name"),
        width: "minmax(180px,1.4fr)",
        cell: ({ id, name, slug }) => (
          <span className="flex min-w-0 items-baseline gap-2">
            <RowLink href={`/registry/${id}`}>{name}</RowLink>
            <code className="truncate font-mono text-faint text-xs">{slug}</code>
          </span>
        ),
      },
      { id: "task", header: t("column.task"), width: "104px", cell: ({ task }) => t(`task.${task}`) },
      {
        id: "production",
        header: t("column.production"),
        width: "minmax(150px,1fr)",
        cell: ({ production, latest }) => {
          const shown = production ?? latest;
          return shown === null ? (
            <Nothing />
          ) : (
            <span className="flex items-center gap-2">
              {t("version", { number: shown.number })}
              <StageBadge stage={shown.stage} />
            </span>
          );
        },
      },
      {
        id: "quality",
        header: t("column.quality"),
        width: "160px",
        cell: ({ production, latest }) => {
          const accuracy = (production ?? latest)?.accuracy;
          return accuracy ? <Estimate estimate={accuracy} /> : <Nothing />;
        },
      },
      {
        id: "versions",
        header: t("column.versions"),
        width: "72px",
        align: "end",
        cell: ({ versionCount }) => <span className="tabular">{versionCount}</span>,
      },
      {
        id: "changed",
        header: t("column.changed"),
        width: "120px",
        cell: ({ updatedAt }) => <RelativeTime date={updatedAt} />,
      },
    ],
    [t],
  );
};
