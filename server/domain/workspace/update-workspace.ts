import { type ModelUse, modelUses } from "@/runtime/node/model-use";
import { defaultFields, defaultsOf } from "@/server/domain/endpoint/default-fields";
import { endpointsChanged } from "@/server/domain/endpoint/workspace-gateway";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { originsChanged } from "@/server/platform/route/allowed-origins";
import { ownerProcedure } from "@/server/platform/trpc/procedures";
import { updateWorkspaceInput } from "./workspace.types";

/** A default that no endpoint of the workspace offers would break every pipeline that relies on it. */
const refuseUnknownModel = async (
  { prisma }: Database,
  workspaceId: string,
  use: ModelUse,
  reference: string,
): Promise<void> => {
  const slash = reference.indexOf("/");
  const known = await prisma.endpointModel.findFirst({
    where: {
      name: reference.slice(slash + 1),
      endpoint: { workspaceId, slug: reference.slice(0, slash) },
      [use]: true,
    },
    select: { id: true },
  });
  if (known !== null) return;
  const message = `No endpoint of this workspace offers ${use} with "${reference}".`;
  throw new ApplicationError("BAD_REQUEST", message, {
    reason: "input-invalid",
    hint: "Choose one of the models on the models page.",
    fields: { [defaultFields[use]]: message },
  });
};

export const updateWorkspace = ownerProcedure.input(updateWorkspaceInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  for (const use of modelUses) {
    const reference = input[defaultFields[use]];
    if (reference) await refuseUnknownModel(database, workspaceId, use, reference);
  }
  const changed = await database.prisma.$transaction(async (prisma) => {
    const { name, allowedOrigins, toolHosts, ...rest } = input;
    const data = { ...rest, ...(name !== undefined && { name }) };
    const updated = await prisma.workspace.update({
      where: { id: workspaceId },
      data: { ...data, ...(allowedOrigins && { allowedOrigins }), ...(toolHosts && { toolHosts }) },
    });
    await recordAudit(
      { prisma },
      {
        member,
        action: "workspace.update",
        subject: `workspace:${workspaceId}`,
        data: {
          ...data,
          ...(allowedOrigins && { allowedOrigins: allowedOrigins.join(" ") }),
          ...(toolHosts && { toolHosts: toolHosts.join(" ") }),
        },
      },
    );
    return {
      name: updated.name,
      ...defaultsOf(updated),
      allowedOrigins: updated.allowedOrigins,
      toolHosts: updated.toolHosts,
    };
  });
  await endpointsChanged(workspaceId);
  await originsChanged(workspaceId);
  return changed;
});
