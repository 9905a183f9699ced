import type { GraphDocument } from "@/runtime/graph/document";
import type { Database } from "@/server/db";
import { isTaken } from "@/server/endpoint/unique-violation";

export interface FrozenRevision {
  readonly id: string;
  readonly number: number;
}

export interface Draft {
  readonly id: string;
  readonly workspaceId: string;
  readonly graphHash: string;
  readonly document: GraphDocument;
}

/** The immutable copy of a draft that runs and deployments refer to: the one that is there, or a new one with the next number. */
export const freezeRevision = async ({ prisma }: Database, draft: Draft): Promise<FrozenRevision> => {
  const { id: pipelineId, workspaceId, graphHash, document } = draft;
  const select = { id: true, number: true } as const;
  for (let tries = 1; ; tries++) {
    const known = await prisma.revision.findUnique({
      where: { pipelineId_graphHash: { pipelineId, graphHash } },
      select,
    });
    if (known !== null) return known;
    const newest = await prisma.revision.aggregate({ where: { pipelineId }, _max: { number: true } });
    const number = (newest._max.number ?? 0) + 1;
    try {
      return await prisma.revision.create({ data: { workspaceId, pipelineId, number, graphHash, document }, select });
    } catch (error) {
      // Somebody else has frozen this draft, or taken this number, at the same moment.
      if (tries === 5 || !isTaken(error)) throw error;
    }
  }
};
