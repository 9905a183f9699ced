import { type Source, source } from "@/runtime/node/source";
import type { Database } from "@/server/platform/db/database";

interface Row {
  readonly id: string;
  readonly knowledgeBaseId: string;
  readonly documentId: string;
  readonly documentName: string;
  readonly text: string;
  readonly page: number | null;
  readonly heading: string | null;
  readonly start: number;
  readonly end: number;
  readonly metadata: unknown;
}

/** Passages with all that a citation needs, by id. */
export const readSources = async (
  database: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Omit<Source, "score">>> => {
  if (ids.length === 0) return new Map();
  const rows = await database.query<Row>(
    `SELECT chunk."id", chunk."knowledgeBaseId", chunk."documentId", document."name" AS "documentName", chunk."text", chunk."page",
       chunk."heading", chunk."start", chunk."end", chunk."metadata"
     FROM "KnowledgeChunk" chunk JOIN "KnowledgeDocument" document ON document."id" = chunk."documentId"
     WHERE chunk."id" = ANY($1)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, sourceOf(row)]));
};

const sourceOf = ({ page, heading, metadata: noted, ...row }: Row): Omit<Source, "score"> => {
  const known = source.shape.metadata.safeParse(noted);
  return {
    ...row,
    ...(page === null ? {} : { page }),
    ...(heading === null ? {} : { heading }),
    ...(known.success && known.data !== undefined && Object.keys(known.data).length > 0
      ? { metadata: known.data }
      : {}),
  };
};
