import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { credentialLimits } from "./credential.types";
import { credentialView, viewSelect } from "./credential-view";

/** By name. No secret among them: those are written, never read back. */
export const listCredentials = viewerProcedure.query(async ({ ctx }) => {
  const rows = await ctx.database.prisma.credential.findMany({
    where: { workspaceId: ctx.workspaceId },
    orderBy: { name: "asc" },
    take: credentialLimits.credentials,
    select: viewSelect,
  });
  return rows.map(credentialView);
});
