import { graphHash } from "@/runtime/graph/hash";
import type { Database } from "@/server/platform/db/database";
import { notFound } from "@/server/platform/guard/application-error";
import type { Draft } from "./freeze-revision";
import { readStoredDocument } from "./read-stored-document";
import { settleSubPipelines } from "./settle-sub-pipelines";

/** A pipeline's draft as it is saved, all of it of one moment: what is frozen, compiled or compared is what was read. */
export interface SavedDraft extends Draft {
  /** Name of the pipeline. */
  readonly name: string;
  /** Counts the saves. */
  readonly revision: number;
  readonly updatedAt: Date;
}

/** The saved draft, with the versions of the pipelines that its steps run; null where the workspace has no such pipeline. */
export const loadDraft = async (
  { prisma }: Pick<Database, "prisma">,
  workspaceId: string,
  pipelineId: string,
): Promise<SavedDraft | null> => {
  const pipeline = await prisma.pipeline.findFirst({
    where: { id: pipelineId, workspaceId, deletedAt: null },
    select: { id: true, name: true, revision: true, updatedAt: true, graphHash: true, document: true },
  });
  if (pipeline === null) return null;
  const saved = readStoredDocument(pipeline.document);
  const document = await settleSubPipelines({ prisma }, workspaceId, pipelineId, saved);
  const hash = document === saved ? pipeline.graphHash : graphHash(document);
  return { ...pipeline, workspaceId, document, graphHash: hash };
};

/** The saved draft; refuses where the workspace has no such pipeline. */
export const requireDraft = async (
  database: Pick<Database, "prisma">,
  workspaceId: string,
  pipelineId: string,
): Promise<SavedDraft> => {
  const draft = await loadDraft(database, workspaceId, pipelineId);
  if (draft === null) throw notFound("pipeline");
  return draft;
};
