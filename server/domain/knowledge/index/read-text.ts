import { z } from "zod";
import type { Prisma } from "@/generated/prisma/client";
import { parseDocument } from "@/runtime/knowledge/parse/parse-document";
import type { OutlineEntry, Table } from "@/runtime/knowledge/parse/parsed-document";
import { readAs } from "@/runtime/knowledge/parse/read-as";
import { patientModels } from "@/runtime/model/patient-models";
import { workspaceGateway } from "@/server/domain/endpoint/workspace-gateway";
import { readFile } from "@/server/domain/file/read-file";
import { knowledgeLimits, type Metadata, metadata } from "@/server/domain/knowledge/knowledge.types";
import { jobPatience } from "@/server/platform/job/job-patience";
import { DocumentFailure } from "./document-failure";
import type { IndexCall } from "./index-call";
import { readImageText } from "./read-image-text";

interface ReadableDocument {
  readonly text: string;
  readonly outline: readonly OutlineEntry[];
  readonly tables: readonly Table[];
  /** What the file says about itself, and what people have written down about it. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

const outline = z.array(z.custom<OutlineEntry>((entry) => typeof entry === "object" && entry !== null));
const tables = z.array(z.custom<Table>((table) => typeof table === "object" && table !== null));

/** The document's text; read from its file the first time, and kept. */
export const readText = async (call: IndexCall, documentId: string): Promise<ReadableDocument> => {
  const { database, workspaceId, signal, progress } = call;
  const row = await database.prisma.knowledgeDocument.findUniqueOrThrow({ where: { id: documentId } });
  if (row.text !== null) {
    return {
      text: row.text,
      outline: outline.parse(row.outline),
      tables: tables.parse(row.tables),
      metadata: metadata.parse(row.metadata),
    };
  }
  if (row.fileId === null) throw new DocumentFailure("file-missing", "The document's file is gone. Add it again.");
  progress({ stage: "read", done: 0, total: null });
  const parsed = await parseDocument({
    name: row.name,
    mediaType: row.mediaType,
    bytes: await readFile(database, workspaceId, row.fileId),
    signal,
    readAs: readAs.catch({}).parse(row.readAs),
    readImageText: readImageText(patientModels(workspaceGateway(database, workspaceId), jobPatience(progress)), signal),
    progress: (done, total) => progress({ done, total }),
  });
  signal.throwIfAborted();
  if (!parsed.ok) throw new DocumentFailure(parsed.error.code, parsed.error.message);
  const { text, outline: parts, tables: found = [], warnings, reading = {} } = parsed.value;
  const noted = withOwn(parsed.value.metadata ?? {}, metadata.parse(row.metadata));
  await database.prisma.knowledgeDocument.updateMany({
    where: { id: documentId },
    data: {
      text,
      outline: parts as unknown as Prisma.InputJsonValue,
      tables: found as unknown as Prisma.InputJsonValue,
      warnings: warnings as unknown as Prisma.InputJsonValue,
      reading: reading as unknown as Prisma.InputJsonValue,
      metadata: noted,
    },
  });
  return { text, outline: parts, tables: found, metadata: noted };
};

/** What people have written down stands above what the file says, and both within the bounds of what may be kept. */
const withOwn = (said: Readonly<Record<string, string>>, written: Metadata): Metadata => {
  const kept = new Map<string, Metadata[string]>(Object.entries(written));
  for (const [name, value] of Object.entries(said)) {
    const entry = metadata.safeParse({ [name]: value });
    if (entry.success && kept.size < knowledgeLimits.metadataEntries && !kept.has(name)) kept.set(name, value);
  }
  return Object.fromEntries(kept);
};
