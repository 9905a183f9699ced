import { catalog } from "@/nodes";
import { hashJson } from "@/runtime/graph/hash";
import { type Reference, referencesOf } from "@/runtime/graph/references-of";
import { bindingsOf } from "@/server/domain/endpoint/bound-models";
import { type DefaultField, defaultFields, defaultsOf } from "@/server/domain/endpoint/default-fields";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import type { Database } from "@/server/platform/db/database";
import type { CacheRun } from "./cache-owner";
import { contentState } from "./content-states";

/** A revision never changes, so neither does what it names. */
const mostRevisions = 200;
const named = new Map<string, readonly Reference[]>();

const namesOf = async ({ prisma }: Database, revisionId: string): Promise<readonly Reference[]> => {
  const known = named.get(revisionId);
  if (known !== undefined) return known;
  const { document } = await prisma.revision.findUniqueOrThrow({
    where: { id: revisionId },
    select: { document: true },
  });
  const found = referencesOf(readStoredDocument(document).nodes, catalog);
  if (named.size >= mostRevisions) named.clear();
  named.set(revisionId, found);
  return found;
};

const defaultColumns = Object.fromEntries(Object.values(defaultFields).map((name) => [name, true])) as Record<
  DefaultField,
  true
>;

/**
 * SHA-256, hex, of what an answer depends on beside the question, as it is now: the steps, everything else that comes into them, the knowledge bases and
 * registered models that the pipeline names, what "default" stands for, and which models the address calls in the place of others.
 */
export const dependsOn = async (
  database: Database,
  { workspaceId, revisionId, deploymentId }: CacheRun,
  { body, others }: { readonly body: string; readonly others: Readonly<Record<string, unknown>> },
): Promise<string> => {
  const [references, bindings, workspace] = await Promise.all([
    namesOf(database, revisionId),
    bindingsOf(database, { deploymentId, workspaceId }),
    database.prisma.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: defaultColumns }),
  ]);
  const content = references.length === 0 ? "" : await contentState(database, workspaceId, references);
  return hashJson([body, others, content, bindings, defaultsOf(workspace)]);
};
