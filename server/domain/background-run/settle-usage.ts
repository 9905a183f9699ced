import type { LiveRun } from "@/server/domain/run/live-run";
import { addUsage } from "@/server/domain/usage/count-usage";
import { tookOf } from "@/server/domain/usage/took-of";
import { windowsOf } from "@/server/domain/usage/usage-windows";
import type { Database } from "@/server/platform/db/database";
import { readUsageLimits } from "@/server/platform/route/usage-limits";

/** Counts what a background run took, once it has ended, in the windows of its beginning. */
export const settleUsage = async (database: Database, { run, state }: LiveRun): Promise<void> => {
  const { prisma } = database;
  const select = { limits: true } as const;
  const [key, deployment] = await Promise.all([
    prisma.apiKey.findUnique({ where: { id: run.apiKeyId ?? "" }, select }),
    prisma.deployment.findUnique({ where: { id: run.deploymentId ?? "" }, select }),
  ]);
  const limited = [
    { scope: `key:${run.apiKeyId}`, limits: readUsageLimits(key?.limits) },
    { scope: `deployment:${run.deploymentId}`, limits: readUsageLimits(deployment?.limits) },
  ];
  await addUsage(database, windowsOf(limited, Date.parse(state.startedAt ?? "") || Date.now()), tookOf(state));
};
