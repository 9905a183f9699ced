import { emptyDocument } from "@/runtime/graph/document";
import { readDocument } from "@/server/domain/revision/read-document";
import { provideSupplies } from "@/server/domain/template/provide-supplies";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { notFound } from "@/server/platform/guard/application-error";
import type { Member } from "@/server/platform/guard/member";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { findTemplate } from "@/templates/index";
import { withSupplies } from "@/templates/lib/supplies";
import { type CreateInput, createInput, sampleInputs } from "./pipeline.types";
import { refuseBeyondLimit } from "./refuse-beyond-limit";

/** What a new pipeline begins with. A template's first sample fills the run panel. */
const startOf = async (database: Database, member: Member, { templateId, locale, document }: CreateInput) => {
  if (templateId === undefined) return { draft: readDocument(document ?? emptyDocument), inputs: {}, jobs: [] };
  const template = findTemplate(templateId);
  if (template === undefined) throw notFound("template");
  const [sample] = template.sampleInputs(locale);
  const { values, jobs } = await provideSupplies(database, member, template.supplies?.(locale) ?? {});
  return {
    draft: readDocument(withSupplies(template.document(locale), values)),
    inputs: sampleInputs.parse(withSupplies(sample.inputs, values)),
    jobs,
  };
};

/**
 * A pipeline from a template, from a document, or blank. `jobs` are those that prepare what a template brings along; nothing else runs because of
 * it.
 */
export const createPipeline = editorProcedure.input(createInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const { name, templateId = null } = input;
  await refuseBeyondLimit(database, workspaceId);
  const { draft, inputs, jobs } = await startOf(database, member, input);
  return database.prisma.$transaction(async (prisma) => {
    const created = await prisma.pipeline.create({
      data: { workspaceId, name, templateId, ...draft, sampleInputs: inputs },
      select: { id: true },
    });
    const subject = `pipeline:${created.id}` as const;
    await recordAudit({ prisma }, { member, action: "pipeline.create", subject, data: { name, template: templateId } });
    return { ...created, jobs };
  });
});
