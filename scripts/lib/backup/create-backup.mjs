import { randomBytes } from "node:crypto";
import { createWriteStream, existsSync, readFileSync } from "node:fs";
import { cp, mkdir, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import * as tar from "tar";
import { keyFile, nextKeyFile } from "../encryption-key.mjs";
import { inProject } from "../project.mjs";
import { StartFailure } from "../start-failure.mjs";
import { askSnapshot } from "./ask-snapshot.mjs";
import { copyLiving, linkTree } from "./link-tree.mjs";
import { sealWith } from "./seal-stream.mjs";

/** The version of the file's layout. */
export const backupFormat = 1;

/** What of the data folder is gathered in a way of its own, or belongs to a running app alone. */
const apart = /^(database(\..*)?|files|backups|encryption\.secret.*|before-restore-.*|restoring-.*)$/;

/** Files are looked for again and again while the database is copied, this long apart. */
const GATHER_AGAIN_MS = 20;

/** @param {string} file */
async function sync(file) {
  const handle = await open(file, "r");
  await handle.sync().finally(() => handle.close());
}

/**
 * @typedef {object} Backup
 * @property {number} bytes of the file
 * @property {number} files uploaded and made files in it
 * @property {boolean} holdsKey whether the encryption key is in it
 */

/**
 * Writes one file that holds the database as it is at one moment, the files that it refers to, and the encryption key. The app may run meanwhile.
 * @param {{ dataFolder: string, file: string, passphrase?: string, environment?: NodeJS.ProcessEnv, database?: boolean,
 *   replace?: boolean }} options
 * @returns {Promise<Backup>}
 */
export async function createBackup({
  dataFolder,
  file,
  passphrase,
  environment = process.env,
  database = true,
  replace = false,
}) {
  if (existsSync(file) && !replace) throw new StartFailure(`${file} is there already. Name another file.`);
  if (database && !existsSync(path.join(dataFolder, "database", "PG_VERSION"))) {
    throw new StartFailure(`There is no database in ${dataFolder}. Set PIPEWRIGHT_DATA to where the data lies.`);
  }
  if (existsSync(nextKeyFile(dataFolder))) {
    throw new StartFailure(
      "A rotation of the encryption key was broken off. Start the app once, which ends it, and try again.",
    );
  }
  const name = `making-${randomBytes(6).toString("hex")}`;
  const staging = path.join(dataFolder, "backups", name);
  await removeLeftovers(path.join(dataFolder, "backups"));
  await mkdir(staging, { recursive: true, mode: 0o700 });
  const draft = `${file}.partial`;
  try {
    const objects = /** @type {const} */ (["files", "objects"]);
    const gather = () => linkTree(path.join(dataFolder, ...objects), path.join(staging, ...objects));
    // Before, while and after the database is copied: a file that came and went meanwhile is caught while it is there.
    let files = await gather();
    for (const entry of await readdir(dataFolder)) {
      if (!apart.test(entry)) await copyLiving(path.join(dataFolder, entry), path.join(staging, entry));
    }
    const snapshot = database ? askSnapshot(dataFolder, name) : Promise.resolve();
    let isTaken = false;
    const settled = snapshot.then(
      () => {},
      () => {},
    );
    void settled.then(() => {
      isTaken = true;
    });
    while (!isTaken) {
      files += await gather();
      await Promise.race([settled, pause(GATHER_AGAIN_MS, undefined, { ref: false })]);
    }
    await snapshot;
    files += await gather();
    const holdsKey = !environment.PIPEWRIGHT_SECRET_KEY?.trim() && existsSync(keyFile(dataFolder));
    if (holdsKey) await cp(keyFile(dataFolder), keyFile(staging));
    const { version } = JSON.parse(readFileSync(inProject("package.json"), "utf8"));
    const facts = { format: backupFormat, createdAt: new Date().toISOString(), version, database, files, holdsKey };
    await writeFile(path.join(staging, "backup.json"), JSON.stringify(facts, null, 2));

    const content = (await readdir(staging)).filter((entry) => entry !== "database.whole" && entry !== "backup.json");
    // First, so that a reader learns what it is before all else.
    const packed = tar.c({ gzip: { level: 1 }, cwd: staging, portable: true }, ["backup.json", ...content.sort()]);
    await mkdir(path.dirname(file), { recursive: true });
    const target = createWriteStream(draft, { mode: 0o600 });
    const source = /** @type {any} */ (packed);
    await (passphrase ? pipeline(source, sealWith(passphrase), target) : pipeline(source, target));
    await sync(draft);
    await rename(draft, file);
    return { bytes: (await stat(file)).size, files, holdsKey };
  } finally {
    await rm(staging, { recursive: true, force: true });
    await rm(draft, { force: true });
  }
}

/** What a backup left behind that was killed. @param {string} folder */
async function removeLeftovers(folder) {
  for (const entry of await readdir(folder).catch(() => [])) {
    if (!entry.startsWith("making-")) continue;
    const place = path.join(folder, entry);
    const found = await stat(place).catch(() => null);
    // A younger one may be under way.
    if (found !== null && Date.now() - found.mtimeMs > 24 * 3_600_000)
      await rm(place, { recursive: true, force: true });
  }
}
