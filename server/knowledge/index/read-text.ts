import { z } from "zod";
import type { Prisma } from "@/generated/prisma/client";
import { parseDocument } from "@/runtime/knowledge/parse/parse-document";
import type { OutlineEntry, Table } from "@/runtime/knowledge/parse/parsed-document";
import { patientModels } from "@/runtime/model/patient-models";
import { workspaceGateway } from "@/server/endpoint/workspace-gateway";
import { readFile } from "@/server/file/read-file";
import { jobPatience } from "@/server/job/job-patience";
import { DocumentFailure } from "./document-failure";
import type { IndexCall } from "./index-call";
import { readImageText } from "./read-image-text";

interface ReadableDocument {
  readonly text: string;
  readonly outline: readonly OutlineEntry[];
  readonly tables: readonly Table[];
}

const outline = z.array(z.custom<OutlineEntry>((entry) => typeof entry === "object" && entry !== null));
const tables = z.array(z.custom<Table>((table) => typeof table === "object" && table !== null));

/** The document's text; read from its file the first time, and kept. */
export const readText = async (call: IndexCall, documentId: string): Promise<ReadableDocument> => {
  const { database, workspaceId, signal, progress } = call;
  const row = await database.prisma.knowledgeDocument.findUniqueOrThrow({ where: { id: documentId } });
  if (row.text !== null) {
    return { text: row.text, outline: outline.parse(row.outline), tables: tables.parse(row.tables) };
  }
  if (row.fileId === null) throw new DocumentFailure("file-missing", "The document's file is gone. Add it again.");
  progress({ stage: "read", done: 0, total: null });
  const parsed = await parseDocument({
    name: row.name,
    mediaType: row.mediaType,
    bytes: await readFile(database, workspaceId, row.fileId),
    signal,
    readImageText: readImageText(patientModels(workspaceGateway(database, workspaceId), jobPatience(progress)), signal),
    progress: (done, total) => progress({ done, total }),
  });
  signal.throwIfAborted();
  if (!parsed.ok) throw new DocumentFailure(parsed.error.code, parsed.error.message);
  const { text, outline: parts, tables: found = [], warnings } = parsed.value;
  await database.prisma.knowledgeDocument.updateMany({
    where: { id: documentId },
    data: {
      text,
      outline: parts as unknown as Prisma.InputJsonValue,
      tables: found as unknown as Prisma.InputJsonValue,
      warnings: warnings as unknown as Prisma.InputJsonValue,
    },
  });
  return { text, outline: parts, tables: found };
};
