import { randomBytes } from "node:crypto";
import { servedNow } from "@/server/domain/deployment/queue-run";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { baseUrl, readAddress } from "@/server/platform/guard/address";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { createSecretBox, readSecretKey } from "@/server/platform/secret/secret-box";
import { editorProcedure, ownerProcedure, viewerProcedure } from "@/server/platform/trpc/procedures";
import { triggerPlace } from "./take-event";
import {
  byDeploymentInput,
  byIdInput,
  createInput,
  triggerLimits as limits,
  type Scheme,
  schemes,
  updateInput,
} from "./trigger.types";

const requireDeployment = async ({ prisma }: Database, workspaceId: string, id: string): Promise<void> => {
  const found = await prisma.deployment.findFirst({ where: { id, workspaceId }, select: { id: true } });
  if (found === null) throw notFound("deployment");
};

const requireTrigger = async ({ prisma }: Database, workspaceId: string, id: string) => {
  const found = await prisma.trigger.findFirst({ where: { id, workspaceId } });
  if (found === null) throw notFound("trigger");
  return found;
};

const newSecret = (scheme: Scheme): string =>
  scheme === "standard" ? `whsec_${randomBytes(24).toString("base64")}` : randomBytes(24).toString("base64url");

const seal = (id: string, secret: string): string => createSecretBox(readSecretKey()).seal(secret, triggerPlace(id));

/** A mapping names inputs that the live version has; a deployment that serves nothing now is not asked. */
const checkMapping = async (
  database: Database,
  deploymentId: string,
  mapping: Readonly<Record<string, string>>,
): Promise<void> => {
  const served = await servedNow(database, deploymentId);
  if (!served.ok) return;
  const names = new Set(served.value.plan.inputFields.map(({ name }) => name));
  const unknown = Object.keys(mapping).find((name) => !names.has(name));
  if (unknown === undefined) return;
  const message = `The pipeline has no input "${unknown}".`;
  throw new ApplicationError("BAD_REQUEST", message, { reason: "input-invalid", fields: { mapping: message } });
};

/** The triggers of a deployment with what came to them last. A secret is never given back. */
export const listTriggers = viewerProcedure
  .input(byDeploymentInput)
  .query(async ({ ctx: { database, workspaceId }, input: { deploymentId } }) => {
    await requireDeployment(database, workspaceId, deploymentId);
    const rows = await database.prisma.trigger.findMany({
      where: { deploymentId, workspaceId },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      take: limits.ofDeployment,
      include: { events: { orderBy: { at: "desc" }, take: limits.told } },
    });
    const base = baseUrl(readAddress());
    return rows.map(({ id, name, scheme, mapping, active, events }) => ({
      id,
      name,
      scheme: schemes.find((each) => each === scheme) ?? "header",
      mapping: mapping as Readonly<Record<string, string>>,
      active,
      url: `${base}/api/hooks/${id}`,
      events: events.map(({ id: eventId, state, problem, at, bytes }) => ({
        id: eventId,
        isTaken: state === "taken",
        problem,
        at,
        bytes,
      })),
    }));
  });

/** Makes an address, and shows its secret this once. */
export const createTrigger = ownerProcedure
  .input(createInput)
  .mutation(
    async ({ ctx: { database, workspaceId, member }, input: { deploymentId, name, scheme, mapping, ...input } }) => {
      await requireDeployment(database, workspaceId, deploymentId);
      await checkMapping(database, deploymentId, mapping);
      const { prisma } = database;
      const [own, all] = await Promise.all([
        prisma.trigger.count({ where: { deploymentId } }),
        prisma.trigger.count({ where: { workspaceId } }),
      ]);
      if (own >= limits.ofDeployment || all >= limits.ofWorkspace)
        throw new ApplicationError(
          "BAD_REQUEST",
          `There may be ${limits.ofDeployment} triggers of a deployment, and ${limits.ofWorkspace} of a workspace.`,
          { reason: "limit-reached", hint: "Remove one that nobody needs." },
        );
      // Long and random: whoever does not know the address cannot find it.
      const id = randomBytes(18).toString("base64url");
      const secret = input.secret ?? newSecret(scheme);
      await prisma.trigger.create({
        data: {
          id,
          workspaceId,
          deploymentId,
          name,
          scheme,
          mapping,
          secretCipher: seal(id, secret),
          userId: member.userId,
        },
      });
      await recordAudit(database, {
        member,
        action: "trigger.create",
        subject: `trigger:${id}`,
        data: { name, scheme },
      });
      return { id, url: `${baseUrl(readAddress())}/api/hooks/${id}`, secret };
    },
  );

export const updateTrigger = editorProcedure
  .input(updateInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input: { id, name, mapping, active } }) => {
    const { deploymentId } = await requireTrigger(database, workspaceId, id);
    await checkMapping(database, deploymentId, mapping);
    await database.prisma.trigger.updateMany({ where: { id, workspaceId }, data: { name, mapping, active } });
    await recordAudit(database, { member, action: "trigger.update", subject: `trigger:${id}`, data: { name, active } });
    return { id };
  });

export const removeTrigger = ownerProcedure
  .input(byIdInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input: { id } }) => {
    const { name } = await requireTrigger(database, workspaceId, id);
    await database.prisma.trigger.deleteMany({ where: { id, workspaceId } });
    await recordAudit(database, { member, action: "trigger.remove", subject: `trigger:${id}`, data: { name } });
    return {};
  });
