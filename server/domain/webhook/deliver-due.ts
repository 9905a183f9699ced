import type { Database } from "@/server/platform/db/database";
import { deliveryBody } from "./delivery-body";
import { sendDelivery } from "./send-delivery";
import { signDelivery } from "./sign-delivery";
import { webhookLimits as limits } from "./webhook.types";
import { openWebhookSecret } from "./webhook-secret";

interface Due {
  readonly id: string;
  readonly deploymentId: string;
  readonly runId: string;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly slug: string;
  /** null where the webhook was removed meanwhile. */
  readonly url: string | null;
  readonly secretCipher: string | null;
  readonly toolHosts: readonly string[];
}

export type Send = typeof sendDelivery;

const utcNow = "(now() AT TIME ZONE 'utc')";
/** A delivery is not taken a second time while it may be under way. */
const claimMs = limits.waitMs + 15_000;

/** Takes what is due, some of each deployment: a receiver that is slow keeps no other waiting. Whoever is killed while sending leaves it for the next try. */
const claimDue = (database: Database): Promise<readonly Due[]> =>
  database.query<Due>(
    `WITH "due" AS (
       SELECT "id" FROM (
         SELECT "id", "nextAt", row_number() OVER (PARTITION BY "deploymentId" ORDER BY "nextAt", "id") AS "place"
         FROM "WebhookDelivery" WHERE "state" = 'pending' AND "nextAt" <= ${utcNow}
       ) t WHERE "place" <= ${limits.atOnceOfDeployment} ORDER BY "nextAt", "id" LIMIT ${limits.atOnce}
     ), "claimed" AS (
       UPDATE "WebhookDelivery" SET "attempts" = "attempts" + 1, "nextAt" = ${utcNow} + ${claimMs} * interval '1 millisecond'
       WHERE "id" IN (SELECT "id" FROM "due") AND "state" = 'pending' AND "nextAt" <= ${utcNow}
       RETURNING "id", "workspaceId", "deploymentId", "runId", "attempts", "createdAt"
     )
     SELECT c."id", c."deploymentId", c."runId", c."attempts", c."createdAt", d."slug", w."url", w."secretCipher", s."toolHosts"
     FROM "claimed" c JOIN "Deployment" d ON d."id" = c."deploymentId" JOIN "Workspace" s ON s."id" = c."workspaceId"
     LEFT JOIN "Webhook" w ON w."deploymentId" = c."deploymentId"`,
    [],
  );

interface Outcome {
  readonly state: "delivered" | "pending" | "failed";
  readonly httpStatus: number | null;
  readonly problem: string | null;
}

const failed = (problem: string): Outcome => ({ state: "failed", httpStatus: null, problem });

const deliver = async (database: Database, due: Due, now: number, send: Send): Promise<Outcome> => {
  if (due.url === null || due.secretCipher === null) return failed("The webhook was removed.");
  const secret = openWebhookSecret(due.deploymentId, due.secretCipher);
  if (secret === null) return failed("The secret cannot be read with this installation's key. Set the webhook again.");
  const body = await deliveryBody(database, due.slug, due.runId, new Date(due.createdAt));
  if (body === null) return failed("The run is no longer kept.");
  const headers = signDelivery(secret, due.id, now, body);
  const sent = await send({ url: due.url, body, headers, hosts: due.toolHosts });
  const again: Outcome["state"] = due.attempts <= limits.pausesMs.length ? "pending" : "failed";
  if (!sent.ok) return { state: again, httpStatus: null, problem: sent.error };
  const { status } = sent.value;
  if (status >= 200 && status < 300) return { state: "delivered", httpStatus: status, problem: null };
  const problem =
    status >= 300 && status < 400
      ? "The receiver redirects, which is not followed."
      : `The receiver answered ${status}.`;
  return { state: status === 410 ? "failed" : again, httpStatus: status, problem };
};

/** Sends what is due, once each, and writes down how that went. Gives how many were sent or tried. To be called again and again. */
export const deliverDue = async (
  database: Database,
  { now = Date.now, send = sendDelivery }: { readonly now?: () => number; readonly send?: Send } = {},
): Promise<number> => {
  const due = await claimDue(database);
  await Promise.all(
    due.map(async (each) => {
      try {
        const { state, httpStatus, problem } = await deliver(database, each, now(), send);
        const pauseMs = limits.pausesMs[each.attempts - 1] ?? 0;
        // Only while it is the same attempt: somebody may have asked for it anew.
        await database.query(
          `UPDATE "WebhookDelivery" SET "state" = $3, "httpStatus" = $4::int, "problem" = $5,
             "nextAt" = ${utcNow} + $6 * interval '1 millisecond', "endedAt" = CASE WHEN $3 = 'pending' THEN NULL ELSE ${utcNow} END
           WHERE "id" = $1 AND "state" = 'pending' AND "attempts" = $2`,
          [each.id, each.attempts, state, httpStatus, problem, pauseMs],
        );
      } catch (error) {
        console.error(`delivery ${each.id} could not be sent, and is tried again:`, error);
      }
    }),
  );
  return due.length;
};
