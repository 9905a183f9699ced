import { randomBytes } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import * as tar from "tar";
import { closeDataFolder } from "../data-folder.mjs";
import { StartFailure } from "../start-failure.mjs";
import { runningDatabase } from "./ask-snapshot.mjs";
import { backupFormat } from "./create-backup.mjs";
import { CannotOpen, openWith, sealedMagic } from "./seal-stream.mjs";

/** @param {string} file @returns {Promise<boolean>} */
async function isSealed(file) {
  const handle = await open(file, "r");
  try {
    const { buffer } = await handle.read(Buffer.alloc(sealedMagic.length), 0, sealedMagic.length, 0);
    return buffer.equals(sealedMagic);
  } finally {
    await handle.close();
  }
}

/** Nothing but files and folders below the target; anything else is not of our making. @param {string} file @param {string} target @param {string | undefined} passphrase */
async function unpack(file, target, passphrase) {
  const sealed = await isSealed(file);
  if (sealed && !passphrase) {
    throw new StartFailure("This backup is sealed. Give its passphrase as PIPEWRIGHT_BACKUP_PASSPHRASE.");
  }
  /** @type {string | undefined} what is no file or folder below the target */
  let foreign;
  const unpacker = tar.x({
    cwd: target,
    strict: true,
    preserveOwner: false,
    filter: (place, entry) => {
      const type = "type" in entry ? entry.type : undefined;
      const isOurs = type === "File" || type === "OldFile" || type === "Directory";
      if (isOurs && !place.split(/[\\/]/).includes("..") && !path.isAbsolute(place)) return true;
      foreign ??= `${type} ${place}`;
      return false;
    },
  });
  const source = createReadStream(file, { start: sealed ? sealedMagic.length : 0 });
  const sink = /** @type {any} */ (unpacker);
  try {
    await (sealed ? pipeline(source, openWith(passphrase ?? ""), sink) : pipeline(source, sink));
    if (foreign !== undefined) throw new CannotOpen(`It holds what no backup holds: ${foreign}.`);
  } catch (error) {
    throw new StartFailure(`${file} cannot be restored. ${error.message}`);
  }
}

/**
 * @typedef {object} Restored
 * @property {string} createdAt when the backup was made, ISO 8601
 * @property {boolean} database
 * @property {boolean} holdsKey
 * @property {string | undefined} aside where what was there before lies now
 */

/**
 * Puts the data of a backup into the data folder. One that holds data is refused, or, with `replace`, what it holds is moved aside; nothing is deleted.
 * @param {{ dataFolder: string, file: string, passphrase?: string, replace?: boolean }} options
 * @returns {Promise<Restored>}
 */
export async function restoreBackup({ dataFolder, file, passphrase, replace = false }) {
  if (!existsSync(file)) throw new StartFailure(`There is no file ${file}.`);
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  if ((await runningDatabase(dataFolder)) !== undefined) {
    throw new StartFailure(`A running Pipewright uses ${dataFolder}. Stop it first.`);
  }
  const isData = (/** @type {string} */ entry) => !/^(restoring|before-restore)-/.test(entry);
  const before = (await readdir(dataFolder)).filter(isData);
  if (before.length > 0 && !replace) {
    throw new StartFailure(
      `${dataFolder} is not empty. Set PIPEWRIGHT_DATA to an empty folder, or add --replace: what is there is then moved aside, not deleted.`,
    );
  }
  const staging = path.join(dataFolder, `restoring-${randomBytes(6).toString("hex")}`);
  await mkdir(staging, { mode: 0o700 });
  try {
    await unpack(file, staging, passphrase);
    const facts = await readFile(path.join(staging, "backup.json"), "utf8").then(JSON.parse, () => null);
    if (facts === null) throw new StartFailure(`${file} is no backup of Pipewright.`);
    if (facts.format !== backupFormat)
      throw new StartFailure(`${file} was made by a newer Pipewright. Update this one.`);
    await rm(path.join(staging, "backup.json"));
    /** @type {string | undefined} */
    let aside;
    if (before.length > 0) {
      aside = path.join(dataFolder, `before-restore-${new Date().toISOString().slice(0, 19).replace(/\D/g, "")}`);
      await mkdir(aside, { mode: 0o700 });
      for (const entry of before) await rename(path.join(dataFolder, entry), path.join(aside, entry));
    }
    for (const entry of await readdir(staging)) await rename(path.join(staging, entry), path.join(dataFolder, entry));
    await closeDataFolder(dataFolder);
    return { createdAt: facts.createdAt, database: facts.database, holdsKey: facts.holdsKey, aside };
  } finally {
    // Where the file broke off, the last of its files may still be being written.
    await rm(staging, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}
