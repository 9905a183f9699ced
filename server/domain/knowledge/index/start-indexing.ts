import type { Database } from "@/server/platform/db/database";
import { startJob } from "@/server/platform/job/start-job";
import { indexJob } from "./index-job";
import { subjectOf } from "./subject";

/** Has a base indexed. A job that has not begun yet will find what is new; no second one is needed. */
export const startIndexing = async (
  database: Database,
  who: { readonly workspaceId: string; readonly userId: string | null },
  knowledgeBaseId: string,
): Promise<string> => {
  const subject = subjectOf(knowledgeBaseId);
  const waiting = await database.prisma.job.findFirst({
    where: { workspaceId: who.workspaceId, subject, kind: indexJob.kind, status: "queued" },
    select: { id: true },
  });
  if (waiting !== null) return waiting.id;
  return startJob(database, { ...who, subject, definition: indexJob, input: { knowledgeBaseId } });
};
