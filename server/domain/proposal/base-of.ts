import type { GraphDocument } from "@/runtime/graph/document";
import { graphHash } from "@/runtime/graph/hash";
import { freezeRevision } from "@/server/domain/revision/freeze-revision";
import { requireDraft } from "@/server/domain/revision/load-draft";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import { settlePrompts } from "@/server/domain/revision/settle-prompts";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";

/** What a proposal begins with: what is live, with its prompts as their labels point now; the draft where nothing is live. */
export interface Base {
  readonly pipelineId: string;
  readonly name: string;
  /** What stood in the run panel last, or the template's sample: a first case. */
  readonly sampleInputs: Readonly<Record<string, unknown>>;
  readonly document: GraphDocument;
  readonly graphHash: string;
  /** null where nothing is live. */
  readonly live: { readonly slug: string; readonly number: number; readonly isBase: boolean } | null;
}

export const baseOf = async (database: Database, workspaceId: string, pipelineId: string): Promise<Base> => {
  const { prisma } = database;
  const pipeline = await prisma.pipeline.findFirst({
    where: { id: pipelineId, workspaceId, deletedAt: null },
    select: { name: true, sampleInputs: true },
  });
  if (pipeline === null) throw notFound("pipeline");
  const { name } = pipeline;
  const sampleInputs = (pipeline.sampleInputs ?? {}) as Base["sampleInputs"];
  const live = await prisma.deployment.findFirst({
    where: { pipelineId, workspaceId },
    orderBy: { publishedAt: "desc" },
    select: { slug: true, revision: { select: { number: true, graphHash: true, document: true } } },
  });
  if (live === null) {
    const { document, graphHash: hash } = await requireDraft(database, workspaceId, pipelineId);
    const { variants: _, pins: __, ...own } = document;
    return { pipelineId, name, sampleInputs, document: own, graphHash: hash, live: null };
  }
  const stored = readStoredDocument(live.revision.document);
  const { variants: _, ...document } = await settlePrompts(prisma, workspaceId, stored).catch((error: unknown) => {
    // A prompt that is gone: what is live keeps its words.
    if (error instanceof ApplicationError) return stored;
    throw error;
  });
  const hash = graphHash(document);
  const isBase = hash === live.revision.graphHash;
  return {
    pipelineId,
    name,
    sampleInputs,
    document,
    graphHash: hash,
    live: { slug: live.slug, number: live.revision.number, isBase },
  };
};

/** The base as a version that runs. */
export const freezeBase = (database: Database, workspaceId: string, base: Base, userId: string) =>
  freezeRevision(
    database,
    { id: base.pipelineId, workspaceId, graphHash: base.graphHash, document: base.document },
    { reason: "variant", userId },
  );
