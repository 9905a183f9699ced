import type { Prisma } from "@/generated/prisma/client";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { findDocument } from "./find-base";
import { startIndexing } from "./index/start-indexing";
import { readAgainInput } from "./knowledge.types";

/** Reads a document's file anew, in another encoding or with other rows as names of columns, and indexes what is found. */
export const readAgain = editorProcedure.input(readAgainInput).mutation(async ({ ctx, input: { id, readAs } }) => {
  const { database, workspaceId, member } = ctx;
  const { knowledgeBaseId, fileId } = await findDocument(database, workspaceId, id);
  if (fileId === null) {
    throw new ApplicationError("BAD_REQUEST", "This text was pasted: there is no file to read again.", {
      reason: "input-invalid",
      hint: "Add the text again as it should be.",
    });
  }
  await database.prisma.knowledgeDocument.updateMany({
    where: { id, workspaceId },
    data: {
      readAs: readAs as Prisma.InputJsonValue,
      // The text of before goes, so that the file is read.
      text: null,
      outline: [],
      tables: [],
      warnings: [],
      reading: {},
      status: "waiting",
      errorCode: null,
      errorMessage: null,
    },
  });
  const { encoding = null, separator = null } = readAs;
  await recordAudit(database, {
    member,
    action: "knowledge.read-again",
    subject: `knowledge-document:${id}`,
    data: { encoding, separator },
  });
  return { jobId: await startIndexing(database, { workspaceId, userId: member.userId }, knowledgeBaseId) };
});
