import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { pipelineLimits } from "./pipeline.types";

/** Asked before a workspace gets one pipeline more. Two at once may overshoot by one, which harms nobody. */
export const refuseBeyondLimit = async ({ prisma }: Database, workspaceId: string): Promise<void> => {
  const count = await prisma.pipeline.count({ where: { workspaceId, deletedAt: null } });
  if (count < pipelineLimits.pipelines) return;
  throw new ApplicationError("BAD_REQUEST", `A workspace holds at most ${pipelineLimits.pipelines} pipelines.`, {
    reason: "limit-reached",
    hint: "Remove pipelines that nobody needs.",
  });
};
