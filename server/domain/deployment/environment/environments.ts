import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { editorProcedure, viewerProcedure } from "@/server/platform/trpc/procedures";
import { deploymentChanged } from "../find-deployment";
import {
  bindings,
  type EnvironmentView,
  environmentLimits,
  setEnvironmentInput,
  usualEnvironments,
  variables,
} from "./environment.types";

const nothing = { variables: {}, bindings: {} } as const;

/** The environments of the workspace: the usual ones in their order, then its own by name. */
export const listEnvironments = viewerProcedure.query(async ({ ctx }): Promise<readonly EnvironmentView[]> => {
  const { prisma } = ctx.database;
  const { workspaceId } = ctx;
  const [rows, counts] = await Promise.all([
    prisma.environment.findMany({ where: { workspaceId }, orderBy: { name: "asc" } }),
    prisma.deployment.groupBy({
      by: ["environment"],
      where: { workspaceId, pipeline: { deletedAt: null } },
      _count: { _all: true },
    }),
  ]);
  const stored = new Map(rows.map((row) => [row.name, row]));
  const counted = new Map(counts.map(({ environment, _count }) => [environment, _count._all]));
  const own = [...stored.keys(), ...counted.keys()].filter(
    (name) => !(usualEnvironments as readonly string[]).includes(name),
  );
  return [...usualEnvironments, ...new Set(own.sort())].map((name) => ({
    name,
    variables: variables.catch(nothing.variables).parse(stored.get(name)?.variables ?? {}),
    bindings: bindings.catch(nothing.bindings).parse(stored.get(name)?.bindings ?? {}),
    deployments: counted.get(name) ?? 0,
  }));
});

/** Changes what all deployments of an environment share: from the next call on, runs under way go on as they began. */
export const setEnvironment = editorProcedure.input(setEnvironmentInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const { prisma } = database;
  const { name, ...shared } = input;
  const key = { workspaceId, name };
  const { environment: id } = await prisma.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT 1 FROM "Workspace" WHERE "id" = ${workspaceId} FOR UPDATE`;
    const known = await transaction.environment.findUnique({ where: { workspaceId_name: key }, select: { id: true } });
    const count = known === null ? await transaction.environment.count({ where: { workspaceId } }) : 0;
    if (count >= environmentLimits.ofWorkspace)
      throw new ApplicationError("BAD_REQUEST", `A workspace has ${environmentLimits.ofWorkspace} environments.`, {
        reason: "limit-reached",
        hint: "Use one that is there.",
      });
    const { id: environment } = await transaction.environment.upsert({
      where: { workspaceId_name: key },
      create: { ...key, ...shared },
      update: shared,
      select: { id: true },
    });
    return { environment };
  });
  const live = await prisma.deployment.findMany({ where: { workspaceId, environment: name }, select: { slug: true } });
  for (const { slug } of live) await deploymentChanged(slug);
  await recordAudit(database, {
    member,
    action: "environment.set",
    subject: `environment:${id}`,
    // Values may be secret to those who read the log.
    data: { name, variables: Object.keys(shared.variables).join(", "), bindings: Object.keys(shared.bindings).length },
  });
  return { name, deployments: live.length };
});
