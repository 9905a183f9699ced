import type { DocumentReading } from "@/runtime/knowledge/parse/read-as";
import { encodingGroups } from "@/runtime/text-source/encodings";
import { readFile } from "@/server/domain/file/read-file";
import { encodingSamples } from "@/server/domain/table/table-preview";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { findDocument } from "./find-base";
import { byIdInput } from "./knowledge.types";

/** What a document's file says in its likely encodings, and all there are to choose from. */
export const encodingChoices = viewerProcedure.input(byIdInput).query(async ({ ctx, input: { id } }) => {
  const { database, workspaceId } = ctx;
  const { fileId, reading } = await findDocument(database, workspaceId, id);
  const { encoding } = reading as unknown as DocumentReading;
  if (fileId === null || encoding === undefined) return { samples: [], encodings: [] };
  const likely = [encoding.encoding, ...encoding.alternatives];
  const samples = likely.length < 2 ? [] : encodingSamples(await readFile(database, workspaceId, fileId), likely);
  return { samples, encodings: encodingGroups };
});
