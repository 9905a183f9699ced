import { type DocumentReading, readAs } from "@/runtime/knowledge/parse/read-as";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { documentItem, outlineOf } from "./document-view";
import { findDocument } from "./find-base";
import { byIdInput, type KnowledgeDocumentView } from "./knowledge.types";

export const getDocument = viewerProcedure
  .input(byIdInput)
  .query(async ({ ctx, input }): Promise<KnowledgeDocumentView> => {
    const row = await findDocument(ctx.database, ctx.workspaceId, input.id);
    // Positions are in UTF-16 code units, which the database does not count; the text of a document is bounded.
    const { text } = await ctx.database.prisma.knowledgeDocument.findUniqueOrThrow({
      where: { id: row.id },
      select: { text: true },
    });
    return {
      ...documentItem(row),
      knowledgeBaseId: row.knowledgeBaseId,
      fileId: row.fileId,
      outline: outlineOf(row),
      textLength: text?.length ?? 0,
      reading: row.reading as unknown as DocumentReading,
      readAs: readAs.catch({}).parse(row.readAs),
    };
  });
