"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { cn } from "@/components/ui/cn";
import type { DataColumn } from "@/components/ui/data-row";
import { Nothing } from "@/components/ui/figures";
import { IconButton } from "@/components/ui/icon-button";
import { RowLink } from "@/components/ui/row-link";
import { baseAddress } from "../addresses";
import { type SearchWay, searchWays } from "../types";
import type { QuestionRow } from "./rank-rows";

export interface QuestionColumnsOptions {
  readonly baseId: string;
  readonly topK: number;
  /** Keep stable. */
  readonly onRemove: (question: QuestionRow) => void;
}

/** The labelled questions with the place of their answer by each way. A row leads to a search for its question. */
export const useQuestionColumns = ({
  baseId,
  topK,
  onRemove,
}: QuestionColumnsOptions): readonly DataColumn<QuestionRow>[] => {
  const t = useTranslations("knowledge.quality");
  const search = useTranslations("knowledge.search");
  return useMemo(
    () => [
      {
        id: "question",
        header: t("question"),
        width: "minmax(220px,1.2fr)",
        cell: ({ question }) => (
          <span className="flex min-w-0" title={question}>
            <RowLink href={`${baseAddress(baseId)}?tab=search&q=${encodeURIComponent(question)}&k=${topK}`}>
              {question}
            </RowLink>
          </span>
        ),
      },
      {
        id: "answer",
        header: t("answer"),
        width: "minmax(160px,1fr)",
        cell: ({ answers }) => (
          <span className="truncate" title={answers.join("\n")}>
            {answers.join(" · ")}
          </span>
        ),
      },
      ...searchWays.map(
        (way): DataColumn<QuestionRow> => ({
          id: way,
          header: search(`ways.${way}`),
          width: "104px",
          align: "end",
          cell: (row) => <Rank row={row} way={way} topK={topK} />,
        }),
      ),
      {
        id: "remove",
        header: <span className="sr-only">{t("remove")}</span>,
        width: "28px",
        align: "end",
        cell: (row) => (
          <IconButton size="sm" label={t("removeOne", { question: row.question })} onClick={() => onRemove(row)}>
            <Trash2 />
          </IconButton>
        ),
      },
    ],
    [t, search, baseId, topK, onRemove],
  );
};

function Rank({ row, way, topK }: { readonly row: QuestionRow; readonly way: SearchWay; readonly topK: number }) {
  const t = useTranslations("knowledge.quality");
  const search = useTranslations("knowledge.search");
  if (row.ranks === null) return <Nothing />;
  const rank = row.ranks[way];
  return rank === null ? (
    <span className="whitespace-nowrap text-error text-xs" title={t("notFoundHelp", { k: topK })}>
      {t("notFound")}
    </span>
  ) : (
    <span className={cn("tabular", rank === 1 ? "font-medium text-ok" : "text-fg")}>{search("rank", { rank })}</span>
  );
}
