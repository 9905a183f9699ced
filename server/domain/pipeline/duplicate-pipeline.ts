import { readDocument } from "@/server/domain/revision/read-document";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput, pipelineLimits } from "./pipeline.types";
import { refuseBeyondLimit } from "./refuse-beyond-limit";

/** `Name`, `Name 2`, `Name 3` …, cut so that the number always fits. */
export const copyName = (name: string): string => {
  const [, stem = name, number] = /^(.*\S)\s+(\d{1,6})$/s.exec(name) ?? [];
  const suffix = ` ${Number(number ?? 1) + 1}`;
  return stem.slice(0, pipelineLimits.nameCharacters - suffix.length).trimEnd() + suffix;
};

/** A new pipeline with the same draft and inputs, and a history of its own. */
export const duplicatePipeline = editorProcedure.input(byIdInput).mutation(async ({ ctx, input: { id } }) => {
  await refuseBeyondLimit(ctx.database, ctx.workspaceId);
  return ctx.database.prisma.$transaction(async (prisma) => {
    const original = await prisma.pipeline.findFirst({ where: { id, workspaceId: ctx.workspaceId, deletedAt: null } });
    if (original === null) throw notFound("pipeline");
    const copy = await prisma.pipeline.create({
      data: {
        workspaceId: ctx.workspaceId,
        name: copyName(original.name),
        templateId: original.templateId,
        ...readDocument(original.document),
        sampleInputs: original.sampleInputs ?? {},
        evaluationChoice: original.evaluationChoice ?? {},
      },
      select: { id: true },
    });
    const subject = `pipeline:${copy.id}` as const;
    await recordAudit({ prisma }, { member: ctx.member, action: "pipeline.duplicate", subject, data: { from: id } });
    return copy;
  });
});
