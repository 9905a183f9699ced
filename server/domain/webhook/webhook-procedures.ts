import { fail } from "@/runtime/graph/result";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { checkUrl, readEgressMode } from "@/server/platform/egress/egress-policy";
import { permits } from "@/server/platform/guard/access";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { behind, pageOf, readCursor } from "@/server/platform/guard/page-of";
import { parseUrl } from "@/server/platform/guard/parse-url";
import { editorProcedure, ownerProcedure, viewerProcedure } from "@/server/platform/trpc/procedures";
import { deliverDue } from "./deliver-due";
import { sendDelivery } from "./send-delivery";
import { newWebhookSecret, signDelivery } from "./sign-delivery";
import { byDeploymentInput, byIdInput, deliveriesInput, deliveryStates, setInput } from "./webhook.types";
import { openWebhookSecret, sealWebhookSecret } from "./webhook-secret";

const requireDeployment = async ({ prisma }: Database, workspaceId: string, id: string) => {
  const found = await prisma.deployment.findFirst({ where: { id, workspaceId }, select: { id: true, slug: true } });
  if (found === null) throw notFound("deployment");
  return found;
};

const invalidUrl = (message: string, hint: string): ApplicationError =>
  new ApplicationError("BAD_REQUEST", message, { reason: "input-invalid", hint, fields: { url: message } });

/** An address that may be written down as a webhook's, in its normal form. What its name resolves to is judged at each delivery. */
const readUrl = (text: string): string => {
  const url = parseUrl(text);
  const checked =
    url === null ? fail({ message: "This is not a whole URL.", hint: "" }) : checkUrl(text, readEgressMode());
  if (!checked.ok) throw invalidUrl(checked.error.message, "Write it as https://example.com/hooks/pipewright.");
  return (url as URL).href;
};

/**
 * Where background runs of a deployment are reported; the secret is never given back. Who may not change it is told the host alone: many receivers
 * have their own secret in the path.
 */
export const getWebhook = viewerProcedure
  .input(byDeploymentInput)
  .query(async ({ ctx: { database, workspaceId, member }, input }) => {
    const { id } = await requireDeployment(database, workspaceId, input.deploymentId);
    const row = await database.prisma.webhook.findUnique({
      where: { deploymentId: id },
      select: { url: true, updatedAt: true },
    });
    if (row === null || permits(member.role, "owner")) return row;
    return { ...row, url: `${new URL(row.url).origin}/…` };
  });

/** Sets the address. The first time it answers with the secret, which is shown once. */
export const setWebhook = ownerProcedure
  .input(setInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input }) => {
    const { id, slug } = await requireDeployment(database, workspaceId, input.deploymentId);
    const url = readUrl(input.url);
    const { prisma } = database;
    const known = await prisma.webhook.updateMany({ where: { deploymentId: id }, data: { url } });
    const secret = known.count > 0 ? null : newWebhookSecret();
    if (secret !== null) {
      const secretCipher = sealWebhookSecret(id, secret);
      await prisma.webhook.create({ data: { deploymentId: id, workspaceId, url, secretCipher } });
    }
    const data = { slug, host: new URL(url).host };
    await recordAudit(database, { member, action: "webhook.set", subject: `deployment:${id}`, data });
    return { url, secret };
  });

/** Replaces the secret and gives the new one, once. Deliveries are signed with it from now on. */
export const renewWebhookSecret = ownerProcedure
  .input(byDeploymentInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input }) => {
    const { id, slug } = await requireDeployment(database, workspaceId, input.deploymentId);
    const secret = newWebhookSecret();
    const secretCipher = sealWebhookSecret(id, secret);
    const { count } = await database.prisma.webhook.updateMany({ where: { deploymentId: id }, data: { secretCipher } });
    if (count === 0) throw notFound("webhook");
    await recordAudit(database, { member, action: "webhook.renew", subject: `deployment:${id}`, data: { slug } });
    return { secret };
  });

export const removeWebhook = ownerProcedure
  .input(byDeploymentInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input }) => {
    const { id, slug } = await requireDeployment(database, workspaceId, input.deploymentId);
    await database.prisma.webhook.deleteMany({ where: { deploymentId: id } });
    await recordAudit(database, { member, action: "webhook.remove", subject: `deployment:${id}`, data: { slug } });
    return {};
  });

/** Sends the receiver a signed example and says what it answered. */
export const testWebhook = ownerProcedure
  .input(byDeploymentInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input }) => {
    const { id, slug } = await requireDeployment(database, workspaceId, input.deploymentId);
    const row = await database.prisma.webhook.findUnique({
      where: { deploymentId: id },
      select: { url: true, secretCipher: true, workspace: { select: { toolHosts: true } } },
    });
    const secret = row === null ? null : openWebhookSecret(id, row.secretCipher);
    if (row === null || secret === null) throw notFound("webhook");
    const now = new Date();
    const body = JSON.stringify({ type: "webhook.test", timestamp: now.toISOString(), data: { pipeline: slug } });
    const headers = signDelivery(secret, `msg_test_${now.getTime()}`, now.getTime(), body);
    const sent = await sendDelivery({ url: row.url, body, headers, hosts: row.workspace.toolHosts });
    const data = { slug, host: new URL(row.url).host };
    await recordAudit(database, { member, action: "webhook.test", subject: `deployment:${id}`, data });
    return sent.ok ? { httpStatus: sent.value.status, problem: null } : { httpStatus: null, problem: sent.error };
  });

/** Latest first. */
export const listDeliveries = viewerProcedure
  .input(deliveriesInput)
  .query(async ({ ctx: { database, workspaceId }, input }) => {
    const { id } = await requireDeployment(database, workspaceId, input.deploymentId);
    const rows = await database.prisma.webhookDelivery.findMany({
      where: { deploymentId: id, workspaceId, ...behind("createdAt", readCursor(input.cursor)) },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: input.limit + 1,
      select: {
        id: true,
        runId: true,
        state: true,
        attempts: true,
        nextAt: true,
        httpStatus: true,
        problem: true,
        createdAt: true,
        endedAt: true,
      },
    });
    const items = rows.map(({ state, ...row }) => ({
      ...row,
      state: deliveryStates.find((each) => each === state) ?? "failed",
    }));
    return pageOf(items, input.limit, ({ createdAt, id: own }) => ({ at: createdAt, id: own }));
  });

/** Sends a delivery once more, now, under the same id: a receiver that has taken it knows it again. */
export const replayDelivery = editorProcedure
  .input(byIdInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input }) => {
    const { count } = await database.prisma.webhookDelivery.updateMany({
      where: { id: input.id, workspaceId },
      data: { state: "pending", attempts: 0, nextAt: new Date(), endedAt: null, problem: null, httpStatus: null },
    });
    if (count === 0) throw notFound("delivery");
    await recordAudit(database, { member, action: "webhook.replay", subject: `delivery:${input.id}` });
    await deliverDue(database);
    const row = await database.prisma.webhookDelivery.findUnique({
      where: { id: input.id },
      select: { state: true, httpStatus: true, problem: true },
    });
    return {
      id: input.id,
      state: row?.state ?? "pending",
      httpStatus: row?.httpStatus ?? null,
      problem: row?.problem ?? null,
    };
  });
