import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { setActiveInput } from "./deployment.types";
import { deploymentChanged } from "./find-deployment";

/** Pauses a deployment, or takes it up again. Runs under way go on. */
export const setActive = editorProcedure.input(setActiveInput).mutation(async ({ ctx, input }) => {
  const { database, member, workspaceId } = ctx;
  const { id, active } = input;
  const [changed] = await database.prisma.deployment.updateManyAndReturn({
    where: { id, workspaceId },
    data: { active },
    select: { slug: true },
  });
  if (changed === undefined) throw notFound("deployment");
  await deploymentChanged(changed.slug);
  const action = active ? "deployment.resume" : "deployment.pause";
  await recordAudit(database, { member, action, subject: `deployment:${id}`, data: { slug: changed.slug } });
  return { id, active };
});
