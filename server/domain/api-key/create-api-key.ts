import { randomBytes } from "node:crypto";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { hashApiKey } from "@/server/platform/route/bearer";
import { ownerProcedure } from "@/server/platform/trpc/procedures";
import { apiKeyLimits, createInput } from "./api-key.types";

const dayMs = 86_400_000;
/** Enough to recognise a key in a list, far too little to guess it. */
const prefixCharacters = 9;

/** A key of 256 random bits, and how it is recognised. */
export const newKey = (): { readonly key: string; readonly prefix: string } => {
  const key = `pw_${randomBytes(32).toString("base64url")}`;
  return { key, prefix: key.slice(0, prefixCharacters) };
};

/** The only answer that ever holds the key: what is kept is its hash. */
export const createApiKey = ownerProcedure.input(createInput).mutation(async ({ ctx, input }) => {
  const { member, workspaceId, database } = ctx;
  const { mayUnmask, mayEvaluate, mayRun, mayRead, mayRate, mayDecide, mayReadPrompts } = input;
  const rights = { mayUnmask, mayEvaluate, mayRun, mayRead, mayRate, mayDecide, mayReadPrompts };
  const deploymentIds = input.deploymentIds && [...new Set(input.deploymentIds)];
  const { key, prefix } = newKey();
  const expiresAt = input.expiresInDays === undefined ? null : new Date(Date.now() + input.expiresInDays * dayMs);
  const id = await database.prisma.$transaction(async (prisma) => {
    if ((await prisma.apiKey.count({ where: { workspaceId, revokedAt: null } })) >= apiKeyLimits.keys) {
      throw new ApplicationError("BAD_REQUEST", `There are ${apiKeyLimits.keys} API keys already.`, {
        reason: "limit-reached",
        hint: "Revoke one that is no longer used.",
      });
    }
    const named = await prisma.deployment.findMany({
      where: { workspaceId, id: { in: deploymentIds ?? [] } },
      select: { id: true, slug: true },
    });
    if (deploymentIds && named.length < deploymentIds.length) throw notFound("deployment");
    const data = {
      workspaceId,
      name: input.name,
      keyHash: hashApiKey(key),
      prefix,
      expiresAt,
      ...rights,
      ...(input.limits !== undefined && { limits: input.limits }),
      allDeployments: deploymentIds === undefined,
      deployments: { create: named.map(({ id: deploymentId }) => ({ deploymentId })) },
    };
    const created = await prisma.apiKey.create({ data, select: { id: true } });
    await recordAudit(
      { prisma },
      {
        member,
        action: "apiKey.create",
        subject: `apiKey:${created.id}`,
        data: {
          name: input.name,
          prefix,
          ...rights,
          deployments: deploymentIds === undefined ? "all" : named.map(({ slug }) => slug).join(", "),
        },
      },
    );
    return created.id;
  });
  return { id, key, prefix };
});
