import type { Database } from "@/server/platform/db/database";
import type { KeyHolder } from "@/server/platform/route/bearer";
import { coversDeployment } from "@/server/platform/route/key-rights";
import { unknownPipeline } from "./refuse-run";

/** Id of the deployment that a slug names in the key's workspace, live or paused. Refuses one that is not there, not theirs or not the key's alike. */
export const ownDeployment = async ({ prisma }: Database, slug: string, caller: KeyHolder): Promise<string> => {
  const deployment = await prisma.deployment.findUnique({
    where: { slug, workspaceId: caller.workspaceId },
    select: { id: true },
  });
  if (deployment === null || !coversDeployment(caller, deployment.id)) throw unknownPipeline();
  return deployment.id;
};
