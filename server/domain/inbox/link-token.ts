import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { readSecretKey } from "@/server/platform/secret/secret-box";

/** What a link is bound to: one task, one person, until a time. */
export interface LinkFacts {
  readonly id: string;
  readonly taskId: string;
  readonly userId: string;
  readonly expiresAt: Date;
}

const idBytes = 12;
const idLength = 16;

export const newLinkId = (): string => randomBytes(idBytes).toString("base64url");

/** 96 bits of HMAC-SHA-256 under a key derived from the installation's. */
const signatureOf = ({ id, taskId, userId, expiresAt }: LinkFacts, secret: Buffer): string => {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "pipewright inbox link", 32));
  const signed = JSON.stringify([id, taskId, userId, expiresAt.getTime()]);
  return createHmac("sha256", key).update(signed).digest().subarray(0, 12).toString("base64url");
};

/** `<id><signature>`, 32 characters of base64url. */
export const linkToken = (facts: LinkFacts, secret: Buffer = readSecretKey()): string =>
  `${facts.id}${signatureOf(facts, secret)}`;

/** The id that a token claims; null where it has not the form of one. */
export const idOfToken = (token: string): string | null =>
  /^[\w-]{32}$/.test(token) ? token.slice(0, idLength) : null;

/** Whether a token was signed for this link. Takes the same time however much of it is right. */
export const isSigned = (token: string, facts: LinkFacts, secret: Buffer = readSecretKey()): boolean => {
  const expected = Buffer.from(linkToken(facts, secret));
  const given = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
};
