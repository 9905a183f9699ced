import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { setLatencyBudgetInput } from "./rollup.types";

/** How long an answer of a deployment should take. Nothing is refused by it; its page says how many took longer. */
export const setLatencyBudget = editorProcedure.input(setLatencyBudgetInput).mutation(async ({ ctx, input }) => {
  const { database, member, workspaceId } = ctx;
  const { id, milliseconds } = input;
  const [changed] = await database.prisma.deployment.updateManyAndReturn({
    where: { id, workspaceId },
    data: { latencyBudgetMs: milliseconds },
    select: { slug: true },
  });
  if (changed === undefined) throw notFound("deployment");
  const data = { slug: changed.slug, milliseconds };
  await recordAudit(database, { member, action: "deployment.set-latency-budget", subject: `deployment:${id}`, data });
  return { id, milliseconds };
});
