import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * What API keys of model endpoints are sealed with: PIPEWRIGHT_SECRET_KEY, or 32 bytes made on the first start and kept beside the database,
 * readable by their owner alone.
 * @param {string} dataFolder @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<string>} base64
 */
export async function encryptionKey(dataFolder, environment = process.env) {
  if (environment.PIPEWRIGHT_SECRET_KEY?.trim()) return environment.PIPEWRIGHT_SECRET_KEY.trim();
  const file = path.join(dataFolder, "encryption.secret");
  await mkdir(dataFolder, { recursive: true });
  const made = randomBytes(32).toString("base64");
  // Written aside and then given its name at once: a file that is open but not yet written would be read as an empty key.
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, made, { mode: 0o600, flag: "wx" });
  try {
    await link(draft, file);
    return made;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return (await readFile(file, "utf8")).trim();
  } finally {
    await rm(draft, { force: true });
  }
}
