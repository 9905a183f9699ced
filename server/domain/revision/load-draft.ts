import type { GraphDocument } from "@/runtime/graph/document";
import { graphHash } from "@/runtime/graph/hash";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import type { Draft } from "./freeze-revision";
import { readStoredDocument } from "./read-stored-document";
import { settlePrompts } from "./settle-prompts";
import { settleSubPipelines } from "./settle-sub-pipelines";

/** A pipeline's draft as it is saved, all of it of one moment: what is frozen, compiled or compared is what was read. */
export interface SavedDraft extends Draft {
  /** Name of the pipeline. */
  readonly name: string;
  /** Counts the saves. */
  readonly revision: number;
  readonly updatedAt: Date;
}

/** The saved draft, with the versions of the pipelines that its steps run and of the prompts that they hold; null where the workspace has no such pipeline. */
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
  return { ...pipeline, workspaceId, ...(await settleStored({ prisma }, workspaceId, pipeline)) };
};

interface StoredPipeline {
  readonly id: string;
  readonly graphHash: string;
  readonly document: unknown;
}
interface Settled {
  readonly document: GraphDocument;
  readonly graphHash: string;
}

const settleStored = async (
  { prisma }: Pick<Database, "prisma">,
  workspaceId: string,
  stored: StoredPipeline,
): Promise<Settled> => {
  const saved = readStoredDocument(stored.document);
  const whole = await settleSubPipelines({ prisma }, workspaceId, stored.id, saved);
  const document = await settlePrompts(prisma, workspaceId, whole);
  return { document, graphHash: document === saved ? stored.graphHash : graphHash(document) };
};

/**
 * What a stored draft would run now, and its hash: what is shown and what is compared with frozen versions. Where a pipeline that its steps run, or a prompt that they hold, is not to be
 * had, it is as it was saved; running or publishing it says so.
 */
export const settledOrSaved = async (
  database: Pick<Database, "prisma">,
  workspaceId: string,
  stored: StoredPipeline,
): Promise<Settled> => {
  try {
    return await settleStored(database, workspaceId, stored);
  } catch (error) {
    if (!(error instanceof ApplicationError)) throw error;
    return { document: readStoredDocument(stored.document), graphHash: stored.graphHash };
  }
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
