import { z } from "zod";
import type { Proposal } from "@/generated/prisma/client";
import { currentCheck } from "@/server/domain/gate/gate-state";
import { settleCheck } from "@/server/domain/gate/settle-check";
import { type Follower, followersOf } from "@/server/domain/prompt-label/plan-move";
import type { Database } from "@/server/platform/db/database";
import { permits } from "@/server/platform/guard/access";
import { notFound } from "@/server/platform/guard/application-error";
import type { Member } from "@/server/platform/guard/member";
import { fieldChange, proposedCase, proposedPrompt } from "./proposal.types";

export const findProposal = async ({ prisma }: Database, workspaceId: string, id: string): Promise<Proposal> => {
  const row = await prisma.proposal.findFirst({ where: { id, workspaceId, pipeline: { deletedAt: null } } });
  if (row === null) throw notFound("proposal");
  return row;
};

/** What a stored proposal says. */
export const readProposal = (row: Pick<Proposal, "changes" | "prompt" | "cases">) => ({
  changes: z.array(fieldChange).parse(row.changes),
  prompt: row.prompt === null ? null : proposedPrompt.parse(row.prompt),
  cases: z.array(proposedCase).parse(row.cases),
});

/** What the pipeline's gate says of the proposed version: null where there is no gate; `check` is null where it has not looked. */
export const gateOfProposal = async (database: Database, { workspaceId, pipelineId, revisionId }: Proposal) => {
  const gate = await database.prisma.gate.findFirst({ where: { pipelineId, workspaceId, enabled: true } });
  if (gate === null) return null;
  const rows = await database.prisma.datasetRow.count({ where: { datasetId: gate.datasetId, workspaceId } });
  if (rows === 0) return { check: null };
  const { check } = await currentCheck(database, gate, revisionId);
  return { check: check === null ? null : await settleCheck(database, gate, check) };
};

/** What stands in the way of this person's accepting: `own`: somebody else must look; `role`: the label is protected; `gate`: not passed by all that follows. */
export type Hindrance = "decided" | "own" | "role" | "gate";

/** Where the author is the only one who could, they may. */
export const isAlone = async ({ prisma }: Database, workspaceId: string, userId: string): Promise<boolean> =>
  (await prisma.membership.count({
    where: { workspaceId, role: { in: ["editor", "owner"] }, userId: { not: userId } },
  })) === 0;

export const hindranceOf = async (
  database: Database,
  member: Member,
  row: Proposal,
  label: { readonly protected: boolean } | null,
  followers: readonly Follower[],
): Promise<Hindrance | null> => {
  if (row.state !== "open") return "decided";
  if (row.userId === member.userId && !(await isAlone(database, row.workspaceId, member.userId))) return "own";
  if (label?.protected !== true) return null;
  if (!permits(member.role, "owner")) return "role";
  return followers.some(({ state }) => state !== "moves") ? "gate" : null;
};

/** The label that the proposal would move, where it is now, and what would follow. */
export const moveOfProposal = async (database: Database, row: Proposal) => {
  const { prompt } = readProposal(row);
  if (prompt === null || prompt.label === "") return null;
  const { promptId, label: name, number } = prompt;
  const { workspaceId } = row;
  const label =
    name === "latest"
      ? null
      : await database.prisma.promptLabel.findFirst({
          where: { promptId, workspaceId, name },
          select: { number: true, protected: true },
        });
  const followers =
    row.state === "open" ? await followersOf(database, workspaceId, { promptId, label: name, version: number }) : [];
  return { label, followers };
};
