import { z } from "zod";
import type { KnowledgeBase, KnowledgeDocument } from "@/generated/prisma/client";
import { chunkWays } from "@/runtime/knowledge/chunk/chunk-settings";
import type { Database } from "@/server/platform/db/database";
import { notFound } from "@/server/platform/guard/application-error";
import type { IndexInUse } from "./search/index-in-use";

/** How a generation's texts were cut. */
export const cutSettings = z.object({ by: z.enum(chunkWays), size: z.int(), overlap: z.int() });
type CutSettings = z.output<typeof cutSettings>;

/** A generation that is being built beside the one in use. */
export const buildState = cutSettings.extend({
  generation: z.int(),
  /** `<endpoint slug>/<model name>` */
  model: z.string(),
});
export type BuildState = z.output<typeof buildState>;

export const findBase = async ({ prisma }: Database, workspaceId: string, id: string): Promise<KnowledgeBase> => {
  const base = await prisma.knowledgeBase.findFirst({ where: { id, workspaceId } });
  if (base === null) throw notFound("knowledge base");
  return base;
};

export const findDocument = async (
  { prisma }: Database,
  workspaceId: string,
  id: string,
): Promise<Omit<KnowledgeDocument, "text" | "tables">> => {
  const document = await prisma.knowledgeDocument.findFirst({
    where: { id, workspaceId },
    omit: { text: true, tables: true },
  });
  if (document === null) throw notFound("document");
  return document;
};

export const indexInUse = (
  base: Pick<KnowledgeBase, "id" | "generation" | "chunkCount" | "wordCount">,
): IndexInUse => ({
  knowledgeBaseId: base.id,
  generation: base.generation,
  chunkCount: base.chunkCount,
  wordCount: Number(base.wordCount),
});

/** As the base is set now. */
export const cutOf = (base: Pick<KnowledgeBase, "chunkBy" | "chunkSize" | "chunkOverlap">): CutSettings =>
  cutSettings.parse({ by: base.chunkBy, size: base.chunkSize, overlap: base.chunkOverlap });

const sameCut = (left: CutSettings, right: CutSettings): boolean =>
  left.by === right.by && left.size === right.size && left.overlap === right.overlap;

/** Whether the index in use was made otherwise than the base is set now. `model` is what its setting stands for. */
export const isStale = (base: KnowledgeBase, model: string | null): boolean => {
  if (base.indexedWith === null) return false;
  const cut = cutSettings.safeParse(base.indexedAs);
  return base.indexedWith !== model || !cut.success || !sameCut(cut.data, cutOf(base));
};
