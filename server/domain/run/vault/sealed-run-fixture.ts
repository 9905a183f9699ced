import { randomUUID } from "node:crypto";
import type { Database } from "@/server/platform/db/database";

/** For tests: a run that has ended, of a pipeline that is made for it. */
export const aStoredRun = async ({ prisma }: Database, workspaceId: string): Promise<{ readonly runId: string }> => {
  const pipeline = await prisma.pipeline.create({
    data: { workspaceId, name: "Sealed", document: {}, graphHash: "hash" },
  });
  const revision = await prisma.revision.create({
    data: { workspaceId, pipelineId: pipeline.id, number: 1, graphHash: "hash", document: {} },
  });
  const run = await prisma.run.create({
    data: {
      id: randomUUID(),
      workspaceId,
      pipelineId: pipeline.id,
      revisionId: revision.id,
      trigger: "editor",
      status: "success",
      startedAt: new Date(),
    },
  });
  return { runId: run.id };
};
