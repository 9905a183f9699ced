"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { DataColumn } from "@/components/ui/data-row";
import { Nothing } from "@/components/ui/figures";
import { formatCount } from "@/components/ui/format";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowLink } from "@/components/ui/row-link";
import { documentAddress } from "../addresses";
import type { DocumentItem } from "../types";
import { DocumentMenu } from "./document-menu";
import { DocumentStatus } from "./document-status";
import { FileSize } from "./file-size";
import { useFailureText } from "./use-failure-text";

export interface DocumentColumnsOptions {
  readonly baseId: string;
  readonly busy: boolean;
  /** Keep stable. */
  readonly onRetry: (document: DocumentItem) => void;
  /** Keep stable. */
  readonly onRemove: (document: DocumentItem) => void;
}

/** The columns of a base's list of documents. */
export const useDocumentColumns = (options: DocumentColumnsOptions): readonly DataColumn<DocumentItem>[] => {
  const { baseId, busy, onRetry, onRemove } = options;
  const t = useTranslations("knowledge.documents");
  const say = useFailureText();
  return useMemo(
    () => [
      {
        id: "name",
        header: t("name"),
        width: "minmax(220px,1fr)",
        cell: ({ id, name, status, errorCode, metadata }) => (
          <span className="flex min-w-0 flex-1 items-baseline gap-2" title={name}>
            <RowLink href={documentAddress({ knowledgeBaseId: baseId, documentId: id })}>{name}</RowLink>
            {status === "failed" ? (
              <span className="shrink-0 text-error text-xs">{say(errorCode).title}</span>
            ) : typeof metadata.folder === "string" ? (
              <span className="min-w-0 flex-1 truncate text-faint text-xs">{metadata.folder}</span>
            ) : null}
          </span>
        ),
      },
      {
        id: "status",
        header: t("statusColumn"),
        width: "116px",
        cell: (document) => (
          <DocumentStatus
            document={document}
            busy={busy}
            onRetry={() => onRetry(document)}
            onRemove={() => onRemove(document)}
          />
        ),
      },
      {
        id: "pages",
        header: t("pages"),
        width: "64px",
        align: "end",
        cell: ({ pageCount }) => (pageCount === null ? <Nothing /> : <Count value={pageCount} />),
      },
      {
        id: "chunks",
        header: t("chunks"),
        width: "76px",
        align: "end",
        cell: ({ chunkCount, status }) => (status === "indexed" ? <Count value={chunkCount} /> : <Nothing />),
      },
      { id: "size", header: t("size"), width: "76px", align: "end", cell: ({ size }) => <FileSize bytes={size} /> },
      {
        id: "added",
        header: t("added"),
        width: "116px",
        cell: ({ createdAt }) => <RelativeTime date={createdAt} />,
      },
      {
        id: "menu",
        header: <span className="sr-only">{t("actions")}</span>,
        width: "28px",
        align: "end",
        cell: (document) => (
          <DocumentMenu
            baseId={baseId}
            document={document}
            onRetry={() => onRetry(document)}
            onRemove={() => onRemove(document)}
          />
        ),
      },
    ],
    [t, say, baseId, busy, onRetry, onRemove],
  );
};

const Count = ({ value }: { readonly value: number }) => <span className="tabular">{formatCount(value)}</span>;
