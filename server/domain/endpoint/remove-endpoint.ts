import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { fieldError } from "./check-endpoint";
import { removeEndpointInput } from "./endpoint.types";
import { renameDefaults } from "./rename-defaults";
import { endpointsChanged } from "./workspace-gateway";

export const removeEndpoint = editorProcedure.input(removeEndpointInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  await database.prisma.$transaction(async (prisma) => {
    const row = await prisma.modelEndpoint.findFirst({ where: { id: input.id, workspaceId } });
    if (row === null) throw notFound("endpoint");
    if (row.embedded) throw fieldError("id", "The embedded endpoint cannot be removed.", "Switch it off instead.");
    await prisma.modelEndpoint.delete({ where: { id: row.id } });
    await renameDefaults(prisma, workspaceId, row.slug, null);
    const record = { slug: row.slug, name: row.name };
    await recordAudit({ prisma }, { member, action: "endpoint.remove", subject: `endpoint:${row.id}`, data: record });
  });
  await endpointsChanged(workspaceId);
  return { id: input.id };
});
