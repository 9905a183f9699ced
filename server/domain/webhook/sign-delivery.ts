import { createHmac, randomBytes } from "node:crypto";

const prefix = "whsec_";

/** A secret in the form that libraries for Standard Webhooks take: `whsec_` and 32 random bytes in base64. */
export const newWebhookSecret = (): string => prefix + randomBytes(32).toString("base64");

/**
 * The headers of a signed delivery, by the Standard Webhooks specification (https://www.standardwebhooks.com): HMAC-SHA256 over `<id>.<timestamp>.<body>`,
 * base64. `at` is milliseconds since 1970. The id is the same each time that a delivery is sent, the time is not: a receiver refuses old times and known ids.
 */
export const signDelivery = (
  secret: string,
  id: string,
  at: number,
  body: string,
): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(at / 1000));
  const key = Buffer.from(secret.slice(prefix.length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
};
