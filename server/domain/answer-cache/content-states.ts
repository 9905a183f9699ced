import { catalog } from "@/nodes";
import { hashJson } from "@/runtime/graph/hash";
import { type Reference, type ResourceKind, referencesOf } from "@/runtime/graph/references-of";
import { isNodeFailure } from "@/runtime/node/node-failure";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import { resolveReference } from "@/server/domain/tuned-model/resolve-reference";
import type { Database } from "@/server/platform/db/database";

interface BaseState {
  readonly id: string;
  readonly generation: number;
  readonly indexedWith: string | null;
  readonly chunkCount: number;
  readonly documents: string;
}

const basesOf = (database: Database, workspaceId: string, names: readonly string[]): Promise<BaseState[]> =>
  database.query<BaseState>(
    `SELECT b."id", b."generation", b."indexedWith", b."chunkCount",
       (SELECT md5(coalesce(string_agg(d."id" || d."contentHash" || d."chunkCount" || md5(d."metadata"::text), ',' ORDER BY d."id"), ''))
        FROM "KnowledgeDocument" d WHERE d."knowledgeBaseId" = b."id" AND d."status" = 'indexed') AS "documents"
     FROM "KnowledgeBase" b WHERE b."workspaceId" = $1 AND b."id" = ANY($2::text[]) ORDER BY b."id"`,
    [workspaceId, [...names]],
  );

/** The version that a reference means now, and what serves it; null where it means none. */
const modelOf = async (database: Database, workspaceId: string, reference: string) => {
  try {
    const { id, servedAs, weightsFileId } = await resolveReference(database, workspaceId, reference);
    return [reference, id, servedAs, weightsFileId];
  } catch (error) {
    if (isNodeFailure(error)) return null;
    throw error;
  }
};

/** SHA-256, hex, of what stands behind these names now: the index of each knowledge base and the version of each registered model. */
export const contentState = async (
  database: Database,
  workspaceId: string,
  named: readonly Reference[],
): Promise<string> => {
  const namesOf = (wanted: ResourceKind) =>
    [...new Set(named.flatMap(({ kind, name }) => (kind === wanted ? [name] : [])))].sort();
  const [bases, models] = await Promise.all([
    basesOf(database, workspaceId, namesOf("knowledge-base")),
    Promise.all(namesOf("tuned-model").map((reference) => modelOf(database, workspaceId, reference))),
  ]);
  return hashJson([bases, models]);
};

/**
 * Revision id -> SHA-256, hex, of what its steps read beside their settings: the index of each knowledge base and the version of each registered model that
 * they name. It changes when a base is indexed anew, gains or loses a document, or when another version comes into a stage.
 */
export const contentStates = async (
  database: Database,
  workspaceId: string,
  revisionIds: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const revisions = await database.prisma.revision.findMany({
    where: { workspaceId, id: { in: [...new Set(revisionIds)] } },
    select: { id: true, document: true },
  });
  return new Map(
    await Promise.all(
      revisions.map(async ({ id, document }) => {
        const named = referencesOf(readStoredDocument(document).nodes, catalog);
        return [id, await contentState(database, workspaceId, named)] as const;
      }),
    ),
  );
};
