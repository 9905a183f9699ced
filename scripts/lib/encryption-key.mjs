import { randomBytes } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";

/** @param {string} dataFolder */
export const keyFile = (dataFolder) => path.join(dataFolder, "encryption.secret");

/** The key that a rotation under way writes; it takes the place of the other one when all is sealed anew. @param {string} dataFolder */
export const nextKeyFile = (dataFolder) => `${keyFile(dataFolder)}.next`;

/** @param {string} file @returns {Promise<string | undefined>} */
async function readKey(file) {
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * What the app has to know of the key that secrets are sealed with: PIPEWRIGHT_SECRET_KEY, or the file beside the database. Where there is neither, a
 * new one is proposed; only the app, which sees whether the database holds anything that another key sealed, may write it down.
 * @param {string} dataFolder @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<Record<string, string>>}
 */
export async function encryptionKey(dataFolder, environment = process.env) {
  const given = environment.PIPEWRIGHT_SECRET_KEY?.trim();
  if (given) return { PIPEWRIGHT_SECRET_KEY: given };
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const kept = await readKey(keyFile(dataFolder));
  const next = await readKey(nextKeyFile(dataFolder));
  return {
    PIPEWRIGHT_SECRET_KEY: kept ?? randomBytes(32).toString("base64"),
    PIPEWRIGHT_SECRET_KEY_FILE: keyFile(dataFolder),
    ...(kept === undefined && { PIPEWRIGHT_SECRET_KEY_IS_NEW: "1" }),
    ...(next !== undefined && { PIPEWRIGHT_SECRET_KEY_NEXT: next }),
  };
}
