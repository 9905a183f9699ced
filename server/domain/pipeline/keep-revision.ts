import { freezeRevision } from "@/server/domain/revision/freeze-revision";
import { requireDraft } from "@/server/domain/revision/load-draft";
import { requireRevision } from "@/server/domain/revision/require-revision";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { keepInput } from "./pipeline.types";

/** Keeps the saved draft as a version, under a person's words or before another one takes its place. */
export const keepRevision = editorProcedure.input(keepInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const draft = await requireDraft(database, workspaceId, input.id);
  requireRevision(draft, input.revision, "keep it");
  return freezeRevision(database, draft, { reason: input.why, userId: member.userId, note: input.note });
});
