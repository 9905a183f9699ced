import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { findUsage } from "./find-usage";
import { byIdInput } from "./tuned-model.types";
import { findModel } from "./version-row";

/** What would fail if the model went. */
export const modelUsage = viewerProcedure.input(byIdInput).query(async ({ ctx, input }) => {
  const { slug } = await findModel(ctx.database, ctx.workspaceId, input.id);
  return findUsage(ctx.database, ctx.workspaceId, slug);
});
