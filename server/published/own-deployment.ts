import type { Database } from "@/server/db";
import type { KeyHolder } from "@/server/guard/bearer";
import { unknownPipeline } from "./refuse-run";

/** Id of the deployment that a slug names in the key's workspace, live or paused. Refuses one that is not there or not theirs alike. */
export const ownDeployment = async (
  { prisma }: Database,
  slug: string,
  { workspaceId }: KeyHolder,
): Promise<string> => {
  const deployment = await prisma.deployment.findUnique({ where: { slug, workspaceId }, select: { id: true } });
  if (deployment === null) throw unknownPipeline();
  return deployment.id;
};
