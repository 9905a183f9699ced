import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ownerProcedure, router, viewerProcedure } from "@/server/platform/trpc/procedures";
import { forecastRetention } from "./beyond-policy";
import { retentionPolicy } from "./retention.types";

const columns = {
  keepRunsDays: true,
  keepRunsMegabytes: true,
  keepFilesDays: true,
  keepFilesMegabytes: true,
  keepConversationsDays: true,
} as const;

/** How long things are kept. */
const getRetention = viewerProcedure.query(({ ctx }) =>
  ctx.database.prisma.workspace.findUniqueOrThrow({ where: { id: ctx.workspaceId }, select: columns }),
);

/** What a policy would free now, before it is set. */
const forecast = ownerProcedure
  .input(retentionPolicy)
  .query(({ ctx, input }) => forecastRetention(ctx.database, ctx.workspaceId, input));

/** Sets how long things are kept; what lies beyond goes within the next hour. */
const setRetention = ownerProcedure.input(retentionPolicy).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  await database.prisma.$transaction(async (prisma) => {
    await prisma.workspace.update({ where: { id: workspaceId }, data: input });
    const subject = `workspace:${workspaceId}` as const;
    await recordAudit({ prisma }, { member, action: "workspace.set-retention", subject, data: input });
  });
  return input;
});

export const retentionRouter = router({ get: getRetention, forecast, set: setRetention });
