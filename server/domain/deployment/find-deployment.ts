import { tellFront } from "@/server/platform/front-link/front-link";
import type { Database } from "@/server/platform/db/database";

/** What a call of a published pipeline needs to know. */
export interface CallableDeployment {
  readonly id: string;
  readonly workspaceId: string;
  readonly pipelineId: string;
  readonly revisionId: string;
  readonly active: boolean;
}
interface Remembered {
  readonly deployment: CallableDeployment;
  readonly lookedUpAt: number;
}

/** How long another process may go on serving the former version; in this one a change counts at once. */
const trustMs = 5_000;
const mostDeployments = 10_000;

// On globalThis because Next loads this module more than once in one process, and a change must reach every copy.
const shared: typeof globalThis & { pipewrightDeployments?: Map<string, Remembered> } = globalThis;
const remembered = (): Map<string, Remembered> => {
  shared.pipewrightDeployments ??= new Map();
  return shared.pipewrightDeployments;
};

export const findDeployment = async (
  { prisma }: Database,
  slug: string,
  now: () => number = Date.now,
): Promise<CallableDeployment | null> => {
  const known = remembered().get(slug);
  if (known !== undefined && now() - known.lookedUpAt < trustMs) return known.deployment;
  remembered().delete(slug);
  const row = await prisma.deployment.findUnique({
    where: { slug, pipeline: { deletedAt: null } },
    select: { id: true, workspaceId: true, pipelineId: true, revisionId: true, active: true },
  });
  if (row === null) return null;
  if (remembered().size >= mostDeployments) remembered().clear();
  remembered().set(slug, { deployment: row, lookedUpAt: now() });
  return row;
};

/** To be called, and waited for, after every change of a deployment: when it resolves nobody on this machine serves it as it was. */
export const deploymentChanged = (slug: string): Promise<void> => {
  remembered().delete(slug);
  return tellFront({ type: "deployment-changed", slug });
};
