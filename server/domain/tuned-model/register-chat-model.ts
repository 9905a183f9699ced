import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { modelForVersion } from "./create-model";
import { servesChat } from "./served-chat";
import { registerInput } from "./tuned-model.types";
import { findModel, nextNumber, versionItem } from "./version-row";

/** Registers a chat model or adapter that one of the endpoints serves, as a draft version. */
export const registerChatModel = editorProcedure.input(registerInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  if (input.modelId !== undefined) await findModel(database, workspaceId, input.modelId);
  if (!(await servesChat(database, workspaceId, input.servedAs))) {
    const message = `No endpoint of this workspace serves chat with "${input.servedAs}".`;
    throw new ApplicationError("BAD_REQUEST", message, {
      reason: "input-invalid",
      hint: "Add the model to its endpoint on the models page first. vLLM serves an adapter under the name given with --lora-modules.",
      fields: { servedAs: message },
    });
  }
  const model = await modelForVersion(database, workspaceId, "chat", input);
  const version = await database.prisma.$transaction(async (prisma) => {
    const created = await prisma.tunedModelVersion.create({
      data: {
        workspaceId,
        tunedModelId: model.id,
        number: await nextNumber(prisma, model.id),
        base: input.base,
        method: input.method,
        servedAs: input.servedAs,
        data: { description: input.data },
        notes: input.notes,
      },
    });
    await prisma.tunedModel.update({ where: { id: model.id }, data: { updatedAt: new Date() } });
    await recordAudit(
      { prisma },
      {
        member,
        action: "tuned-model.register",
        subject: `tuned-model:${model.id}`,
        data: { version: created.number, servedAs: input.servedAs, method: input.method },
      },
    );
    return created;
  });
  return { modelId: model.id, ...versionItem(version) };
});
