import type { KnowledgeDocument } from "@/generated/prisma/client";
import type { OutlineEntry, ParseWarning } from "@/runtime/knowledge/parse/parsed-document";
import { type KnowledgeDocumentItem, metadata } from "./knowledge.types";

export const outlineOf = (row: Pick<KnowledgeDocument, "outline">): readonly OutlineEntry[] =>
  row.outline as unknown as readonly OutlineEntry[];

/** A document as lists show it, without its text. */
export const documentItem = (row: Omit<KnowledgeDocument, "text" | "tables">): KnowledgeDocumentItem => {
  const pages = outlineOf(row).filter(({ kind }) => kind === "page").length;
  return {
    id: row.id,
    name: row.name,
    mediaType: row.mediaType,
    size: row.size,
    status: row.status,
    errorCode: row.errorCode,
    errorMessage: row.errorMessage,
    chunkCount: row.chunkCount,
    pageCount: pages === 0 ? null : pages,
    metadata: metadata.parse(row.metadata),
    warnings: row.warnings as unknown as readonly ParseWarning[],
    createdAt: row.createdAt,
    indexedAt: row.indexedAt,
  };
};
