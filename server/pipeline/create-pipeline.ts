import { emptyDocument } from "@/runtime/graph/document";
import { recordAudit } from "@/server/audit/record-audit";
import { editorProcedure } from "@/server/trpc";
import { createInput } from "./pipeline.types";
import { readDocument } from "./read-document";
import { refuseBeyondLimit } from "./refuse-beyond-limit";

/** A pipeline from a template, from a document, or blank. Nothing runs because of it. */
export const createPipeline = editorProcedure.input(createInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  await refuseBeyondLimit(database, workspaceId);
  const start = { document: input.document ?? emptyDocument, sampleInputs: {} };
  const draft = readDocument(start.document);
  return database.prisma.$transaction(async (prisma) => {
    const created = await prisma.pipeline.create({
      data: {
        workspaceId,
        name: input.name,
        templateId: input.templateId ?? null,
        ...draft,
        sampleInputs: start.sampleInputs,
      },
      select: { id: true },
    });
    const subject = `pipeline:${created.id}` as const;
    const data = { name: input.name, template: input.templateId ?? null };
    await recordAudit({ prisma }, { member, action: "pipeline.create", subject, data });
    return created;
  });
});
