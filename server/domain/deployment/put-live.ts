import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";

/** A deployment as somebody saw it; undefined where there was none. */
export type FormerDeployment = { readonly id: string; readonly slug: string; readonly revisionId: string } | undefined;

export interface NewLive {
  readonly workspaceId: string;
  readonly pipelineId: string;
  readonly slug: string;
  readonly revisionId: string;
  readonly reason: "publish" | "promote" | "roll-back" | "label";
  /** Left out: production. */
  readonly environment?: string;
  /** Why, in the person's words. */
  readonly note?: string;
  /** The environment that it comes from. */
  readonly origin?: string | null;
  /** The check that let it through. */
  readonly gateCheckId?: string | null;
  readonly userId: string | null;
  /** What was live when the gate was asked: its answer holds against that only. */
  readonly former: FormerDeployment;
}

type Transaction = Parameters<Parameters<Database["prisma"]["$transaction"]>[0]>[0];

/**
 * Lets a frozen revision go live, inside a transaction; gives the deployment's id. One of a pipeline at a time: who finds something else live than what was seen before is refused with
 * CONFLICT, before anything is written. A label that moved changes what a deployment serves, not whether it answers: one that is paused stays so.
 */
export const putLiveWithin = async (
  transaction: Transaction,
  { environment = "production", note = "", origin = null, gateCheckId = null, ...live }: NewLive,
): Promise<string> => {
  const { workspaceId, pipelineId, slug, revisionId, reason, userId, former } = live;
  await transaction.$queryRaw`SELECT 1 FROM "Pipeline" WHERE "id" = ${pipelineId} FOR UPDATE`;
  const now = await transaction.deployment.findFirst({
    where: { workspaceId, pipelineId, environment },
    orderBy: { publishedAt: "desc" },
    select: { id: true, revisionId: true, publishedAt: true },
  });
  if (now?.id !== former?.id || now?.revisionId !== former?.revisionId) {
    throw new ApplicationError("CONFLICT", "Another version of this pipeline went live meanwhile.", {
      reason: "live-changed",
      hint: "Look at what is live now, then publish again.",
    });
  }
  const data = { slug, revisionId, publishedAt: new Date(), ...(reason === "label" ? {} : { active: true }) };
  const { id } =
    now === null
      ? await transaction.deployment.create({
          data: { ...data, workspaceId, pipelineId, environment },
          select: { id: true },
        })
      : await transaction.deployment.update({ where: { id: now.id }, data, select: { id: true } });
  await transaction.deploymentChange.create({
    data: {
      workspaceId,
      deploymentId: id,
      revisionId,
      reason,
      userId,
      note: note.toWellFormed().replaceAll("\0", ""),
      origin,
      gateCheckId,
      at: data.publishedAt,
    },
  });
  return id;
};

/** The same as a transaction of its own. */
export const putLive = ({ prisma }: Database, live: NewLive): Promise<string> =>
  prisma.$transaction((transaction) => putLiveWithin(transaction, live));
