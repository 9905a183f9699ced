import { requireGate } from "@/server/domain/gate/require-gate";
import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { isTaken } from "@/server/platform/db/unique-violation";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { editorProcedure, viewerProcedure } from "@/server/platform/trpc/procedures";
import { deploymentChanged } from "../find-deployment";
import { putLive } from "../put-live";
import { breakingBetween, refuseBreaking } from "../refuse-breaking";
import { comparePromotionInput, isGuarded, promoteInput } from "./environment.types";

/** A deployment, and what its pipeline has live in another environment. */
const findBoth = async ({ prisma }: Database, workspaceId: string, id: string, environment: string) => {
  const select = {
    id: true,
    slug: true,
    pipelineId: true,
    environment: true,
    revisionId: true,
    revision: { select: { number: true } },
  } as const;
  const from = await prisma.deployment.findFirst({
    where: { id, workspaceId, pipeline: { deletedAt: null } },
    select,
  });
  if (from === null) throw notFound("deployment");
  if (from.environment === environment)
    throw new ApplicationError("BAD_REQUEST", `It is live in ${environment} already.`, {
      reason: "live-changed",
      hint: "Choose another environment.",
    });
  const to = await prisma.deployment.findFirst({
    where: { workspaceId, pipelineId: from.pipelineId, environment },
    orderBy: { publishedAt: "desc" },
    select,
  });
  return { from, to };
};

/** What would change where a deployment's version went on into another environment. */
export const comparePromotion = viewerProcedure
  .input(comparePromotionInput)
  .query(async ({ ctx: { database, workspaceId }, input: { id, environment } }) => {
    const { from, to } = await findBoth(database, workspaceId, id, environment);
    return {
      revisionId: from.revisionId,
      number: from.revision.number,
      live: to === null ? null : { revisionId: to.revisionId, number: to.revision.number, slug: to.slug },
      breaking: await breakingBetween(database, to?.revisionId, from.revisionId),
      isGuarded: isGuarded(environment),
    };
  });

/**
 * Lets the version that is live in one environment go live in another, by the gate where that one is guarded. Variables and bindings stay those of each. Who saw
 * something else live in either is refused, and nothing is changed.
 */
export const promote = editorProcedure.input(promoteInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const { environment, revisionId, liveId, note, confirmsBreaking } = input;
  const { from, to } = await findBoth(database, workspaceId, input.id, environment);
  const slug = to?.slug ?? input.slug;
  if (slug === undefined)
    throw new ApplicationError("BAD_REQUEST", "It needs an address in that environment.", {
      reason: "input-invalid",
      hint: "Give one.",
      fields: { slug: "An address is needed." },
    });
  if (from.revisionId !== revisionId || (to?.revisionId ?? null) !== liveId)
    throw new ApplicationError("CONFLICT", "Another version went live meanwhile.", {
      reason: "live-changed",
      hint: "Look at what is live now, then promote again.",
    });
  if (from.revisionId === to?.revisionId)
    throw new ApplicationError("CONFLICT", `Version ${from.revision.number} is live in ${environment} already.`, {
      reason: "live-changed",
    });
  const compiled = await planOfRevision(database, revisionId);
  if (!compiled.ok)
    throw new ApplicationError("BAD_REQUEST", `Version ${from.revision.number} can no longer run.`, {
      reason: "graph-invalid",
      diagnostics: compiled.error,
    });
  const { pipelineId } = from;
  const gateCheckId = isGuarded(environment) ? await requireGate(database, workspaceId, pipelineId, revisionId) : null;
  const breaking = await refuseBreaking(database, to?.revisionId, revisionId, confirmsBreaking);
  try {
    const id = await putLive(database, {
      workspaceId,
      pipelineId,
      slug,
      revisionId,
      reason: "promote",
      environment,
      note,
      origin: from.environment,
      gateCheckId,
      userId: member.userId,
      former: to ?? undefined,
    });
    await recordAudit(database, {
      member,
      action: "deployment.promote",
      subject: `deployment:${id}`,
      data: {
        slug,
        from: from.environment,
        to: environment,
        revision: from.revision.number,
        breaking: breaking.length,
      },
    });
    return { id, slug, number: from.revision.number };
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new ApplicationError("CONFLICT", `The address "${slug}" is taken.`, {
      reason: "name-taken",
      hint: "Choose another one.",
      fields: { slug: "This address is taken." },
    });
  } finally {
    await deploymentChanged(slug);
  }
});
