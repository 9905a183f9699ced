import type { GraphDocument } from "@/runtime/graph/document";
import { applyOverrides, type NodeOverride } from "@/runtime/graph/overrides";
import { readDocument } from "@/server/domain/revision/read-document";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { type FrozenRevision, freezeRevision, type RevisionCause } from "./freeze-revision";
import { loadDraft } from "./load-draft";
import { settlePrompts, withoutFormerPrompts } from "./settle-prompts";

/** The saved draft as a revision of its own; null where the workspace has no such pipeline. */
export const freezeDraft = async (
  database: Database,
  workspaceId: string,
  pipelineId: string,
  cause: RevisionCause,
): Promise<FrozenRevision | null> => {
  const draft = await loadDraft(database, workspaceId, pipelineId);
  return draft && freezeRevision(database, draft, cause);
};

/** A revision with other settings of some of its nodes laid over it, as a revision of its own; null where the workspace has none such. */
export const freezeOverrides = async (
  database: Database,
  workspaceId: string,
  revisionId: string,
  overrides: readonly NodeOverride[],
  cause: RevisionCause,
): Promise<FrozenRevision | null> => {
  const revision = await database.prisma.revision.findFirst({
    where: { id: revisionId, workspaceId },
    select: { id: true, number: true, pipelineId: true, document: true },
  });
  if (revision === null || overrides.length === 0) return revision;
  const before = readStoredDocument(revision.document);
  const changed = applyOverrides(before, overrides);
  if (!changed.ok) {
    throw new ApplicationError("BAD_REQUEST", `The pipeline has no step ${changed.error.nodeId}.`, {
      reason: "input-invalid",
      hint: "The step was removed since. Choose the variants again.",
    });
  }
  // What runs is frozen as a revision, so what was laid over is read as anything that comes from outside.
  const { variants: _, ...frozen } = await withOverriddenPrompts(
    database,
    workspaceId,
    before,
    changed.value,
    overrides,
  );
  const { document, graphHash } = readDocument(frozen);
  return freezeRevision(database, { id: revision.pipelineId, workspaceId, graphHash, document }, cause);
};

/** Of the steps that settings were laid over: those that hold another prompt have its words, those whose words were replaced hold none. The others stay as they were frozen. */
export const withOverriddenPrompts = (
  { prisma }: Pick<Database, "prisma">,
  workspaceId: string,
  before: GraphDocument,
  after: GraphDocument,
  overrides: readonly { readonly nodeId: string }[],
): Promise<GraphDocument> => {
  const only = new Set(overrides.map(({ nodeId }) => nodeId));
  return settlePrompts(prisma, workspaceId, withoutFormerPrompts(before, after), { only });
};
