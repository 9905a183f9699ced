"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { DataColumn } from "@/components/ui/data-row";
import { Nothing } from "@/components/ui/figures";
import { formatCount } from "@/components/ui/format";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowLink } from "@/components/ui/row-link";
import { baseAddress } from "./addresses";
import { BaseState } from "./base-state";
import { ModelName } from "./model-name";
import type { BaseItem } from "./types";

/** The columns of the list of knowledge bases. */
export const useBaseColumns = (): readonly DataColumn<BaseItem>[] => {
  const t = useTranslations("knowledge");
  return useMemo(
    () => [
      {
        id: "name",
        header: t("columns.name"),
        width: "minmax(220px,3fr)",
        cell: ({ id, name, description }) => (
          <span className="flex min-w-0 flex-1 items-baseline gap-2" title={name}>
            <RowLink href={baseAddress(id)}>{name}</RowLink>
            {description ? <span className="min-w-0 flex-1 truncate text-faint text-xs">{description}</span> : null}
          </span>
        ),
      },
      {
        id: "state",
        header: t("columns.state"),
        width: "minmax(170px,1fr)",
        cell: (base) => <BaseState base={base} />,
      },
      {
        id: "documents",
        header: t("columns.documents"),
        width: "84px",
        align: "end",
        cell: ({ documentCount }) =>
          documentCount === 0 ? <Nothing /> : <span className="tabular">{formatCount(documentCount)}</span>,
      },
      {
        id: "chunks",
        header: t("columns.chunks"),
        width: "84px",
        align: "end",
        cell: ({ chunkCount }) =>
          chunkCount === 0 ? <Nothing /> : <span className="tabular">{formatCount(chunkCount)}</span>,
      },
      {
        id: "model",
        header: t("columns.model"),
        width: "minmax(110px,1fr)",
        cell: ({ indexedWith, embeddingModel }) => <ModelName reference={indexedWith ?? embeddingModel} />,
      },
      {
        id: "updatedAt",
        header: t("columns.updated"),
        width: "116px",
        cell: ({ updatedAt }) => <RelativeTime date={updatedAt} />,
      },
    ],
    [t],
  );
};
