import { emptyDocument } from "@/runtime/graph/document";
import { recordAudit } from "@/server/audit/record-audit";
import { notFound } from "@/server/guard/application-error";
import { editorProcedure } from "@/server/trpc";
import { findTemplate } from "@/templates/index";
import { type CreateInput, createInput, sampleInputs } from "./pipeline.types";
import { readDocument } from "./read-document";
import { refuseBeyondLimit } from "./refuse-beyond-limit";

/** What a new pipeline begins with. A template's first sample fills the run panel. */
const startOf = ({ templateId, locale, document }: CreateInput) => {
  if (templateId === undefined) return { draft: readDocument(document ?? emptyDocument), inputs: {} };
  const template = findTemplate(templateId);
  if (template === undefined) throw notFound("template");
  const [sample] = template.sampleInputs(locale);
  return { draft: readDocument(template.document(locale)), inputs: sampleInputs.parse(sample.inputs) };
};

/** A pipeline from a template, from a document, or blank. Nothing runs because of it. */
export const createPipeline = editorProcedure.input(createInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const { draft, inputs } = startOf(input);
  const { name, templateId = null } = input;
  await refuseBeyondLimit(database, workspaceId);
  return database.prisma.$transaction(async (prisma) => {
    const created = await prisma.pipeline.create({
      data: { workspaceId, name, templateId, ...draft, sampleInputs: inputs },
      select: { id: true },
    });
    const subject = `pipeline:${created.id}` as const;
    await recordAudit({ prisma }, { member, action: "pipeline.create", subject, data: { name, template: templateId } });
    return created;
  });
});
