import { createHmac, hkdfSync, randomUUID, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { readSecretKey } from "@/server/platform/secret/secret-box";
import { pageLimits } from "./page.types";

const key = (use: string): Buffer => Buffer.from(hkdfSync("sha256", readSecretKey(), "", `pipewright page ${use}`, 32));

const sign = (use: string, text: string): string => createHmac("sha256", key(use)).update(text).digest("base64url");

const isSigned = (use: string, text: string, signature: string): boolean => {
  const [given, right] = [Buffer.from(signature), Buffer.from(sign(use, text))];
  return given.length === right.length && timingSafeEqual(given, right);
};

const visit = z.strictObject({
  /** Deployment. */
  d: z.string(),
  /** Visitor: their conversations, and what they are counted by where no address is known. */
  v: z.uuid(),
  /** Who is counted: a hash of the address. */
  a: z.string(),
  /** Generation of the page. */
  g: z.int(),
  /** Until when, milliseconds since 1970. */
  e: z.int(),
});
export interface Visit {
  readonly deploymentId: string;
  readonly visitor: string;
  readonly counted: string;
  readonly generation: number;
}

const pack = (use: string, body: object): string => {
  const text = Buffer.from(JSON.stringify(body)).toString("base64url");
  return `${text}.${sign(use, text)}`;
};

const unpack = (use: string, token: string): unknown => {
  const [text, signature, more] = token.slice(0, 8_192).split(".");
  if (text === undefined || signature === undefined || more !== undefined || !isSigned(use, text, signature))
    return null;
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    return null;
  }
};

/** A visitor who was here before, by the token of that visit, keeps their id; whoever invents one does not. */
export const newVisit = (
  deploymentId: string,
  generation: number,
  address: string | null,
  former: string | null,
  now: number,
): string => {
  const before = former === null ? null : visit.safeParse(unpack("visit", former)).data;
  const visitor = before?.d === deploymentId ? before.v : randomUUID();
  const counted = sign("address", address ?? visitor).slice(0, 22);
  return pack("visit", { d: deploymentId, v: visitor, a: counted, g: generation, e: now + pageLimits.visitMs });
};

/** The visit behind a token, or null where it is none of ours or its time is over. */
export const readVisit = (token: string | null, now: number): Visit | null => {
  const read = visit.safeParse(token === null ? null : unpack("visit", token));
  if (!read.success || read.data.e < now) return null;
  const { d, v, a, g } = read.data;
  return { deploymentId: d, visitor: v, counted: a, generation: g };
};

/** Shows that a visitor has brought this file: nobody may run a page on a file of somebody else. */
export const fileProof = (visitor: string, fileId: string): string => sign("file", `${visitor} ${fileId}`);
export const isFileProof = (visitor: string, fileId: string, proof: string): boolean =>
  isSigned("file", `${visitor} ${fileId}`, proof);

const frame = z.strictObject({ s: z.string(), o: z.array(z.string()).max(pageLimits.origins), e: z.int() });

/** Lets a page be framed by these origins for a few minutes. It is handed out by the script that embeds it, so that pages are served without asking the database. */
export const frameToken = (slug: string, origins: readonly string[], now: number): string =>
  pack("frame", { s: slug, o: origins, e: now + pageLimits.frameMs });

/** Origins that may show this page in a frame; empty: none. */
export const framedBy = (token: string | null, slug: string, now: number): readonly string[] => {
  const read = frame.safeParse(token === null ? null : unpack("frame", token));
  return read.success && read.data.s === slug && read.data.e >= now ? read.data.o : [];
};
