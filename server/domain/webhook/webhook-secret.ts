import { secretBox } from "@/server/domain/endpoint/process-state";

/** Where a secret is kept, so that it opens in no other place. */
export const webhookPlace = (deploymentId: string): string => `webhook:${deploymentId}`;

export const sealWebhookSecret = (deploymentId: string, secret: string): string =>
  secretBox().seal(secret, webhookPlace(deploymentId));
/** null where it does not open: another key, or damage. */
export const openWebhookSecret = (deploymentId: string, cipher: string): string | null =>
  secretBox().open(cipher, webhookPlace(deploymentId));
