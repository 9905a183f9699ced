import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./file.types";
import { asReference } from "./file-row";
import { findFile } from "./read-file";

export const getFile = viewerProcedure.input(byIdInput).query(async ({ ctx, input }) => {
  const row = await findFile(ctx.database, ctx.workspaceId, input.id);
  if (row === null) throw notFound("file");
  return asReference(row);
});
