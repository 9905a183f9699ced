import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { findDocument } from "./find-base";
import { documentTextInput } from "./knowledge.types";

/** A piece of a document's plain text; positions in UTF-16 code units, the end exclusive. */
export const getDocumentText = viewerProcedure.input(documentTextInput).query(async ({ ctx, input }) => {
  const { id } = await findDocument(ctx.database, ctx.workspaceId, input.id);
  const { text } = await ctx.database.prisma.knowledgeDocument.findUniqueOrThrow({
    where: { id },
    select: { text: true },
  });
  return { text: (text ?? "").slice(input.from, input.to) };
});
