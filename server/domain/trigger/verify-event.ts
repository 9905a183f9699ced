import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { triggerLimits as limits, type Scheme } from "./trigger.types";

type Read = { get(name: string): string | null };

const isSame = (given: string, right: string): boolean => {
  // Hashes first: the lengths then say nothing.
  const [one, other] = [given, right].map((text) => createHash("sha256").update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(one, other);
};

const hmac = (key: string | Buffer, text: string, encoding: "hex" | "base64"): string =>
  createHmac("sha256", key).update(text).digest(encoding);

const outside = (seconds: string, now: number): string | null => {
  if (!/^\d{1,12}$/.test(seconds)) return "The time of its signature is not a number of seconds.";
  const off = Math.abs(now / 1_000 - Number(seconds));
  return off > limits.toleranceSeconds
    ? `Its signature is ${Math.round(off)} seconds off; at most ${limits.toleranceSeconds} are taken.`
    : null;
};

const wrong = "Its signature is not that of this secret and this body.";

/** Signatures of a header that lists several, as while a secret is renewed. */
const mostSignatures = 10;

/** `v1,<base64>` of `id.timestamp.body`, by the secret behind `whsec_` (standardwebhooks.com). */
const standard = (headers: Read, body: string, secret: string, now: number): Result<string, string> => {
  const [id, time, signatures] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) =>
    headers.get(name),
  );
  if (!id || !time || !signatures) return fail("It has no webhook-id, webhook-timestamp and webhook-signature.");
  const late = outside(time, now);
  if (late !== null) return fail(late);
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const right = hmac(key, `${id}.${time}.${body}`, "base64");
  const given = signatures.split(" ", mostSignatures);
  return given.some((each) => isSame(each, `v1,${right}`)) ? ok(id.slice(0, 200)) : fail(wrong);
};

/** `sha256=<hex>` of the body (docs.github.com, validating webhook deliveries). There is no time in it: a delivery is told by its id. */
const github = (headers: Read, body: string, secret: string): Result<string, string> => {
  const given = headers.get("x-hub-signature-256");
  if (!given) return fail("It has no X-Hub-Signature-256.");
  if (!isSame(given, `sha256=${hmac(secret, body, "hex")}`)) return fail(wrong);
  // The id is not signed: somebody who repeats a delivery under another one is told by the body.
  return ok(`body:${createHash("sha256").update(body).digest("hex")}`);
};

/** `t=<seconds>,v1=<hex>,…` of `timestamp.body` (docs.stripe.com, verify manually). An event comes again with its id under a new signature. */
const stripe = (headers: Read, body: string, secret: string, now: number): Result<string, string> => {
  const header = headers.get("stripe-signature");
  if (!header) return fail("It has no Stripe-Signature.");
  const parts = header.split(",", mostSignatures + 2).map((part) => part.trim().split("=", 2));
  const times = parts.filter(([name]) => name === "t").map(([, value = ""]) => value);
  const [time = ""] = times;
  if (times.length !== 1) return fail("Its signature has no time, or several.");
  const late = outside(time, now);
  if (late !== null) return fail(late);
  const right = hmac(secret, `${time}.${body}`, "hex");
  const given = parts.filter(([name]) => name === "v1").map(([, value = ""]) => value);
  if (!given.some((each) => isSame(each, right))) return fail(wrong);
  return ok(idIn(body) ?? `body:${createHash("sha256").update(`${time}.${body}`).digest("hex")}`);
};

/** The secret itself, for senders that can do no more: as `X-Webhook-Secret`, or as a bearer. Their events are told by `webhook-id`, `idempotency-key` or not at all. */
const header = (headers: Read, secret: string): Result<string | null, string> => {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  const given = headers.get("x-webhook-secret") ?? bearer;
  if (!given) return fail("It has no X-Webhook-Secret.");
  if (!isSame(given, secret)) return fail("Its secret is another one.");
  return ok((headers.get("webhook-id") ?? headers.get("idempotency-key"))?.slice(0, 200) ?? null);
};

const idIn = (body: string): string | null => {
  try {
    const { id } = JSON.parse(body) as { id?: unknown };
    return typeof id === "string" && id !== "" ? id.slice(0, 200) : null;
  } catch {
    return null;
  }
};

/**
 * Whether an event comes from whoever has the secret, by the bytes of its body as they came. Gives what the event is known by, so that it is not taken twice; null where
 * its sender does not say. The error is an English sentence for the log, not for the sender.
 */
export const verifyEvent = (
  scheme: Scheme,
  {
    headers,
    body,
    secret,
    now,
  }: { readonly headers: Read; readonly body: string; readonly secret: string; readonly now: number },
): Result<string | null, string> => {
  switch (scheme) {
    case "standard":
      return standard(headers, body, secret, now);
    case "github":
      return github(headers, body, secret);
    case "stripe":
      return stripe(headers, body, secret, now);
    case "header":
      return header(headers, secret);
    default:
      return scheme satisfies never;
  }
};
