import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { renameInput } from "./pipeline.types";

/** A name is no part of the draft: renaming makes no new revision and never conflicts with a save. */
export const renamePipeline = editorProcedure.input(renameInput).mutation(async ({ ctx, input: { id, name } }) => {
  await ctx.database.prisma.$transaction(async (prisma) => {
    const { count } = await prisma.pipeline.updateMany({
      where: { id, workspaceId: ctx.workspaceId, deletedAt: null },
      data: { name },
    });
    if (count === 0) throw notFound("pipeline");
    await recordAudit(
      { prisma },
      { member: ctx.member, action: "pipeline.rename", subject: `pipeline:${id}`, data: { name } },
    );
  });
  return { name };
});
