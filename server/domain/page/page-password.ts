import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number }, Buffer>(scrypt);
/** 16 MiB and some fifty milliseconds a try. */
const cost = { N: 16_384, r: 8, p: 1 } as const;
const bytes = 32;

export const hashPagePassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16);
  const hash = await derive(password.normalize("NFKC"), salt, bytes, cost);
  return `${salt.toString("base64")}:${hash.toString("base64")}`;
};

export const isPagePassword = async (password: string, stored: string): Promise<boolean> => {
  const [salt = "", hash = ""] = stored.split(":");
  const right = Buffer.from(hash, "base64");
  const given = await derive(password.normalize("NFKC"), Buffer.from(salt, "base64"), bytes, cost);
  return right.length === given.length && timingSafeEqual(right, given);
};
