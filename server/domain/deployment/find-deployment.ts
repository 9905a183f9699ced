import type { Database } from "@/server/platform/db/database";
import { Refreshed } from "@/server/platform/db/refreshed";
import { tellFront } from "@/server/platform/front-link/front-link";
import { readUsageLimits, type UsageLimits } from "@/server/platform/route/usage-limits";

/** What a call of a published pipeline needs to know. */
export interface CallableDeployment {
  readonly id: string;
  readonly workspaceId: string;
  readonly pipelineId: string;
  readonly revisionId: string;
  readonly active: boolean;
  /** As `chatMappingOf` reads it. */
  readonly chatMapping: unknown;
  /** What all its callers may use together. */
  readonly limits: UsageLimits | null;
}
const mostDeployments = 10_000;

// On globalThis because Next loads this module more than once in one process, and a change must reach every copy.
const shared: typeof globalThis & { pipewrightDeployments?: Refreshed<CallableDeployment> } = globalThis;
const remembered = (): Refreshed<CallableDeployment> => {
  shared.pipewrightDeployments ??= new Refreshed(mostDeployments);
  return shared.pipewrightDeployments;
};

/** What a slug serves, as it is or, where another machine changed it, was within the last two seconds. */
export const findDeployment = (
  { prisma }: Database,
  slug: string,
  now: () => number = Date.now,
): Promise<CallableDeployment | null> =>
  remembered().get(
    slug,
    async () => {
      const row = await prisma.deployment.findUnique({
        where: { slug, pipeline: { deletedAt: null } },
        select: {
          id: true,
          workspaceId: true,
          pipelineId: true,
          revisionId: true,
          active: true,
          chatMapping: true,
          limits: true,
        },
      });
      return row === null ? null : { ...row, limits: readUsageLimits(row.limits) };
    },
    now,
  );

/** To be called, and waited for, after every change of a deployment: when it resolves nobody on this machine serves it as it was. */
export const deploymentChanged = (slug: string): Promise<void> => {
  remembered().forget(slug);
  return tellFront({ type: "deployment-changed", slug });
};
