import type { Database } from "@/server/platform/db/database";
import { webhookLimits } from "./webhook.types";

const mostRemoved = 5_000;

/** Removes deliveries that ended long ago, a bounded number; gives how many. To be called again and again. */
export const removeOldDeliveries = async (database: Database): Promise<number> => {
  const removed = await database.query<{ id: string }>(
    `DELETE FROM "WebhookDelivery" WHERE "id" IN (
       SELECT "id" FROM "WebhookDelivery"
       WHERE "state" <> 'pending' AND "createdAt" < (now() AT TIME ZONE 'utc') - interval '${webhookLimits.keepDays} days' LIMIT ${mostRemoved}
     ) RETURNING "id"`,
    [],
  );
  return removed.length;
};
