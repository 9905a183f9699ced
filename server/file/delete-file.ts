import { notFound } from "@/server/guard/application-error";
import { editorProcedure } from "@/server/trpc";
import { byIdInput } from "./file.types";
import { removeFile } from "./remove-file";

/** What referred to it stays, and says that it is no longer stored. */
export const deleteFile = editorProcedure.input(byIdInput).mutation(async ({ ctx, input }) => {
  if (!(await removeFile(ctx.database, ctx.workspaceId, input.id))) throw notFound("file");
  return { id: input.id };
});
