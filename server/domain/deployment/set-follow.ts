import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { setFollowInput } from "./deployment.types";

/** Whether a deployment goes along when a label that its steps hold moves. What is live now stays as it is. */
export const setFollow = editorProcedure.input(setFollowInput).mutation(async ({ ctx, input: { id, follows } }) => {
  const { database, member, workspaceId } = ctx;
  const [changed] = await database.prisma.deployment.updateManyAndReturn({
    where: { id, workspaceId },
    data: { followsPrompts: follows },
    select: { slug: true },
  });
  if (changed === undefined) throw notFound("deployment");
  const data = { slug: changed.slug, follows };
  await recordAudit(database, { member, action: "deployment.set-follow", subject: `deployment:${id}`, data });
  return { id, follows };
});
