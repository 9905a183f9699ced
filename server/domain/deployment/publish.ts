import { requireGate } from "@/server/domain/gate/require-gate";
import { compileOrRefuse } from "@/server/domain/revision/compile-or-refuse";
import { freezeRevision } from "@/server/domain/revision/freeze-revision";
import { requireDraft } from "@/server/domain/revision/load-draft";
import { requireRevision } from "@/server/domain/revision/require-revision";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { isTaken } from "@/server/platform/db/unique-violation";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { publishInput } from "./deployment.types";
import { viewDeployment } from "./deployment-view";
import { isGuarded } from "./environment/environment.types";
import { deploymentChanged } from "./find-deployment";
import { putLive } from "./put-live";
import { refuseBreaking } from "./refuse-breaking";

const slugTaken = (slug: string): ApplicationError =>
  new ApplicationError("CONFLICT", `The address "${slug}" is taken.`, {
    reason: "name-taken",
    hint: "Choose another one.",
    fields: { slug: "This address is taken." },
  });

/** Freezes the saved draft and serves it under the slug. A pipeline has one deployment in an environment: publishing again moves it. */
export const publish = editorProcedure.input(publishInput).mutation(async ({ ctx, input }) => {
  const { database, member, workspaceId } = ctx;
  const { prisma } = database;
  const { slug, environment, note, confirmsBreaking } = input;
  const draft = await requireDraft(database, workspaceId, input.pipelineId);
  const { id: pipelineId } = draft;
  const former =
    (await prisma.deployment.findFirst({
      where: { pipelineId, workspaceId, environment },
      orderBy: { publishedAt: "desc" },
      select: { id: true, slug: true, revisionId: true },
    })) ?? undefined;
  requireRevision(draft, input.revision, "publish it");
  const plan = compileOrRefuse(draft.document, "it can go live");
  if (plan.outputs.length === 0) {
    throw new ApplicationError("BAD_REQUEST", "The pipeline has no output, so a caller would get no answer.", {
      reason: "graph-invalid",
      hint: "Add an output node and wire the result into it.",
      diagnostics: [
        {
          code: "output-missing",
          severity: "error",
          message: "The pipeline has no output.",
          hint: "Add an output node and wire the result into it.",
          at: {},
        },
      ],
    });
  }
  const frozen = await freezeRevision(database, draft, { reason: "publish", userId: member.userId });
  const gateCheckId = isGuarded(environment) ? await requireGate(database, workspaceId, pipelineId, frozen.id) : null;
  const breaking = await refuseBreaking(database, former?.revisionId, frozen.id, confirmsBreaking);
  try {
    const deployment = await putLive(database, {
      workspaceId,
      pipelineId,
      slug,
      revisionId: frozen.id,
      reason: "publish",
      environment,
      note,
      gateCheckId,
      userId: member.userId,
      former,
    });
    await recordAudit(database, {
      member,
      action: "deployment.publish",
      subject: `deployment:${deployment}`,
      data: {
        slug,
        revision: frozen.number,
        ...(environment !== "production" && { environment }),
        ...(breaking.length > 0 && { breaking: breaking.length }),
      },
    });
  } catch (error) {
    if (isTaken(error)) throw slugTaken(slug);
    throw error;
  } finally {
    await deploymentChanged(slug);
    if (former !== undefined) await deploymentChanged(former.slug);
  }
  const view = await viewDeployment(database, workspaceId, pipelineId, environment);
  if (view === null) throw notFound("deployment");
  return view;
});
