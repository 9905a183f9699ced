import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

/** @param {string} file */
export const sha256 = (file) => digest(file, "sha256", "hex");

/** In the form that npm writes: "sha512-<base64>". @param {string} file */
export const integrity = async (file) => `sha512-${await digest(file, "sha512", "base64")}`;

/** @param {string} file @param {"sha256" | "sha512"} algorithm @param {"hex" | "base64"} encoding */
async function digest(file, algorithm, encoding) {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest(encoding);
}
