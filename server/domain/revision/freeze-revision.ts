import type { GraphDocument } from "@/runtime/graph/document";
import { withoutPins } from "@/runtime/graph/pins";
import type { Database } from "@/server/platform/db/database";
import { isTaken } from "@/server/platform/db/unique-violation";
import { promptUses } from "./settle-prompts";

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

/** Why a version was kept. */
const incidental = ["run", "variant", "experiment", "gate"] as const;
/** So that nothing is lost; says less than a decision that was made before. */
const precautions = ["before-ship", "before-restore"] as const;
const decisions = ["publish", "ship", "keep"] as const;
export type RevisionReason = (typeof incidental)[number] | (typeof precautions)[number] | (typeof decisions)[number];

/** What is said of a version that was kept before is replaced by what says more, or as much and later. */
const weightOf = (reason: string): number =>
  [incidental, precautions, decisions].findIndex((reasons) => (reasons as readonly string[]).includes(reason));

export interface RevisionCause {
  readonly reason: RevisionReason;
  readonly userId?: string | null;
  readonly note?: string;
}

const longestNote = 200;
/** A statement takes 32,767 values, and a row has six. */
const rowsAtOnce = 5_000;

/**
 * The immutable copy of a draft that runs and deployments refer to: the one that is there, or a new one with the next number. One that is there learns of a
 * decision to keep it, not of one more run.
 */
export const freezeRevision = async (
  { prisma }: Database,
  draft: Draft,
  { reason, userId = null, note = "" }: RevisionCause,
): Promise<FrozenRevision> => {
  const { id: pipelineId, workspaceId, graphHash } = draft;
  // What is pinned in the editor answers nobody else.
  const document = withoutPins(draft.document);
  const select = { id: true, number: true } as const;
  const cause = { reason, userId, note: note.slice(0, longestNote).toWellFormed().replaceAll("\0", "") };
  for (let tries = 1; ; tries++) {
    const known = await prisma.revision.findUnique({
      where: { pipelineId_graphHash: { pipelineId, graphHash } },
      select: { ...select, reason: true },
    });
    if (known !== null) {
      if (weightOf(reason) > 0 && weightOf(reason) >= weightOf(known.reason))
        await prisma.revision.update({ where: { id: known.id }, data: { ...cause, keptAt: new Date() } });
      return { id: known.id, number: known.number };
    }
    const newest = await prisma.revision.aggregate({ where: { pipelineId }, _max: { number: true } });
    const number = (newest._max.number ?? 0) + 1;
    try {
      const data = { workspaceId, pipelineId, number, graphHash, document, ...cause };
      const uses = promptUses(document);
      if (uses.length === 0) return await prisma.revision.create({ data, select });
      return await prisma.$transaction(async (transaction) => {
        const revision = await transaction.revision.create({ data, select });
        const rows = uses.map((use) => ({ ...use, workspaceId, revisionId: revision.id }));
        // Prompts that were deleted since are left out: a version that was taken over from elsewhere may name them.
        const known = await transaction.prompt.findMany({
          where: { workspaceId, id: { in: [...new Set(uses.map(({ promptId }) => promptId))] } },
          select: { id: true },
        });
        const ids = new Set(known.map(({ id }) => id));
        const own = rows.filter(({ promptId }) => ids.has(promptId));
        for (let from = 0; from < own.length; from += rowsAtOnce)
          await transaction.promptUse.createMany({ data: own.slice(from, from + rowsAtOnce) });
        return revision;
      });
    } catch (error) {
      // Somebody else has frozen this draft, or taken this number, at the same moment.
      if (tries === 5 || !isTaken(error)) throw error;
    }
  }
};
