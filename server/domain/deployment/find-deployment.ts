import { isRecord } from "@/runtime/node/record";
import { type ModelBindings, readBindings } from "@/server/domain/endpoint/bound-models";
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
  /** Of its live version. */
  readonly number: number;
  readonly active: boolean;
  /** Input name -> what a run is given where its caller leaves that input out; null where there are none. */
  readonly variables: Readonly<Record<string, unknown>> | null;
  readonly bindings: ModelBindings | null;
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
          environment: true,
          revision: { select: { number: true } },
          chatMapping: true,
          limits: true,
        },
      });
      if (row === null) return null;
      const { environment: name, revision, ...own } = row;
      const environment = await prisma.environment.findUnique({
        where: { workspaceId_name: { workspaceId: row.workspaceId, name } },
        select: { variables: true, bindings: true },
      });
      const variables = isRecord(environment?.variables) ? environment.variables : {};
      return {
        ...own,
        number: revision.number,
        limits: readUsageLimits(row.limits),
        variables: Object.keys(variables).length === 0 ? null : variables,
        bindings: readBindings(environment?.bindings),
      };
    },
    now,
  );

/** To be called, and waited for, after every change of a deployment: when it resolves nobody on this machine serves it as it was. */
export const deploymentChanged = (slug: string): Promise<void> => {
  remembered().forget(slug);
  return tellFront({ type: "deployment-changed", slug });
};

/** A version of a deployment that a caller may ask for. */
export interface KeptVersion {
  readonly revisionId: string;
}

const sharedVersions: typeof globalThis & { pipewrightVersions?: Refreshed<KeptVersion> } = globalThis;

/** The version of this number, where it is or was live in the deployment; null where it never was. */
export const findKeptVersion = (
  { prisma }: Database,
  { id, revisionId, number }: Pick<CallableDeployment, "id" | "revisionId" | "number">,
  wanted: number,
): Promise<KeptVersion | null> => {
  if (wanted === number) return Promise.resolve({ revisionId });
  sharedVersions.pipewrightVersions ??= new Refreshed(mostDeployments);
  return sharedVersions.pipewrightVersions.get(`${id} ${wanted}`, () =>
    prisma.deploymentChange.findFirst({
      where: { deploymentId: id, revision: { number: wanted } },
      select: { revisionId: true },
    }),
  );
};
