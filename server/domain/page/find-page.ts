import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import type { Database } from "@/server/platform/db/database";

/** The page of an address, or null where there is none to be opened: never set up, switched off, its deployment paused or gone. */
export const findPage = async (database: Database, slug: string) => {
  const page = await database.prisma.publicPage.findFirst({
    where: { enabled: true, deployment: { slug, active: true, pipeline: { deletedAt: null } } },
    include: { deployment: { select: { revisionId: true, pipeline: { select: { name: true } } } } },
  });
  return page;
};
export type FoundPage = NonNullable<Awaited<ReturnType<typeof findPage>>>;

/** What the live version asks a visitor for; null where it cannot run any more. */
export const pageForm = async (database: Database, { deployment }: FoundPage) => {
  const compiled = await planOfRevision(database, deployment.revisionId);
  if (!compiled.ok) return null;
  const { inputFields, outputs, conversation } = compiled.value;
  const texts = inputFields.filter(({ kind }) => kind === "text");
  const message = conversation === undefined ? null : ((conversation.message || texts[0]?.name) ?? null);
  return {
    kind: message === null ? ("form" as const) : ("chat" as const),
    fields: inputFields,
    message,
    outputs: outputs.map(({ name }) => name),
  };
};
