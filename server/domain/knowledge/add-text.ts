import { createHash } from "node:crypto";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { addDocuments } from "./add-documents";
import { findBase } from "./find-base";
import { addTextInput } from "./knowledge.types";

export const addText = editorProcedure.input(addTextInput).mutation(async ({ ctx, input }) => {
  const { id, name, metadata } = input;
  await findBase(ctx.database, ctx.workspaceId, id);
  const text = input.text.replace(/\r\n?/g, "\n");
  const bytes = Buffer.from(text);
  const contentHash = createHash("sha256").update(bytes).digest("hex");
  const document = { name, mediaType: "text/plain", fileId: null, contentHash, size: bytes.length, text, metadata };
  return addDocuments(ctx.database, ctx.member, id, [document]);
});
