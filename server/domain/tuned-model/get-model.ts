import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput, tunedModelLimits } from "./tuned-model.types";
import { findModel, findVersion, versionItem, versionView } from "./version-row";

/** A model with its versions, newest first. */
export const getTunedModel = viewerProcedure.input(byIdInput).query(async ({ ctx, input }) => {
  const { database, workspaceId } = ctx;
  const model = await findModel(database, workspaceId, input.id);
  const versions = await database.prisma.tunedModelVersion.findMany({
    where: { tunedModelId: model.id, workspaceId },
    orderBy: { number: "desc" },
    take: tunedModelLimits.versions,
  });
  const { id, name, slug, description, createdAt, updatedAt } = model;
  const task: "classify" | "chat" = model.task === "chat" ? "chat" : "classify";
  return { id, name, slug, task, description, createdAt, updatedAt, versions: versions.map(versionItem) };
});

/** A version with all that was measured of it. */
export const getVersion = viewerProcedure
  .input(byIdInput)
  .query(async ({ ctx, input }) => versionView(await findVersion(ctx.database, ctx.workspaceId, input.id)));
