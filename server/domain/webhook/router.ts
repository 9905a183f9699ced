import { router } from "@/server/platform/trpc/procedures";
import {
  getWebhook,
  listDeliveries,
  removeWebhook,
  renewWebhookSecret,
  replayDelivery,
  setWebhook,
  testWebhook,
} from "./webhook-procedures";

export const webhookRouter = router({
  get: getWebhook,
  set: setWebhook,
  renewSecret: renewWebhookSecret,
  remove: removeWebhook,
  test: testWebhook,
  deliveries: listDeliveries,
  replay: replayDelivery,
});
