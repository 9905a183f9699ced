import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { findPrompt } from "./find-prompt";
import { updateInput } from "./prompt.types";

/** What is said about a prompt: it makes no version and moves no label. */
export const updatePrompt = editorProcedure.input(updateInput).mutation(async ({ ctx, input: { id, ...rest } }) => {
  const { database, workspaceId, member } = ctx;
  await findPrompt(database.prisma, workspaceId, id);
  const data = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  await database.prisma.prompt.updateMany({ where: { id, workspaceId }, data });
  await recordAudit(database, {
    member,
    action: "prompt.update",
    subject: `prompt:${id}`,
    data: { fields: Object.keys(data).join(", ") },
  });
  return { id };
});
