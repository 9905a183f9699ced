import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { setLimitsInput } from "./deployment.types";
import { deploymentChanged } from "./find-deployment";

/** Changes what all callers of a deployment may use together, from now on; what was used counts. */
export const setDeploymentLimits = editorProcedure
  .input(setLimitsInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input: { id, limits } }) => {
    const [changed] = await database.prisma.deployment.updateManyAndReturn({
      where: { id, workspaceId },
      data: { limits },
      select: { slug: true },
    });
    if (changed === undefined) throw notFound("deployment");
    await deploymentChanged(changed.slug);
    const data = { slug: changed.slug, ...limits };
    await recordAudit(database, { member, action: "deployment.limit", subject: `deployment:${id}`, data });
    return { id };
  });
