import { existsSync, readFileSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** @import { ModelEntry, ModelFile } from "../../model-server/manifest/manifest.mjs" */

/**
 * The folder of one user that every clone shares: weights and the GPU engine.
 * @param {Readonly<Record<string, string | undefined>>} environment @param {NodeJS.Platform} platform @param {string} home
 */
export function cacheRoot(environment = process.env, platform = process.platform, home = os.homedir()) {
  if (environment.PIPEWRIGHT_CACHE) return path.resolve(environment.PIPEWRIGHT_CACHE);
  if (platform === "win32")
    return path.join(environment.LOCALAPPDATA || path.join(home, "AppData", "Local"), "pipewright");
  if (platform === "darwin") return path.join(home, "Library", "Caches", "pipewright");
  return path.join(environment.XDG_CACHE_HOME || path.join(home, ".cache"), "pipewright");
}

/** @param {string} root */
export const modelsFolder = (root) => path.join(root, "models");

/** Any GGUF file put here is served under its file name. @param {string} root */
export const ggufFolder = (root) => path.join(root, "models", "gguf");

/** @param {string} root @param {Pick<ModelEntry, "id" | "revision">} entry */
export const modelFolder = (root, entry) => path.join(modelsFolder(root), entry.id, entry.revision);

/** What has arrived of a model that is being fetched. @param {string} root @param {Pick<ModelEntry, "id">} entry */
export const downloadsFolder = (root, { id }) => path.join(modelsFolder(root), ".downloads", id);

/** Held by the process that fetches a model. @param {string} root @param {Pick<ModelEntry, "id">} entry */
export const fetchLock = (root, { id }) => path.join(modelsFolder(root), `.${id}.lock`);

/** Where the record of verified files of an entry is. @param {string} root @param {Pick<ModelEntry, "id" | "revision">} entry */
export const verifiedRecord = (root, entry) => path.join(modelFolder(root, entry), ".verified.json");

/**
 * Whether a file may have this digest. One whose digest is not known here has the digest that its record was made with.
 * @param {ModelFile} file @param {string} digest @param {string} [recorded]
 */
export const isAccepted = (file, digest, recorded) =>
  file.sha256 === null
    ? recorded === undefined || digest === recorded
    : digest === file.sha256 || file.sources.some((source) => source.type === "hub" && source.sha256 === digest);

/** Copies and images keep the time of change to the second or two. */
const COARSEST_CLOCK_MS = 2000;

/**
 * Whether this file was verified once and is unchanged since, by size and time of change: reading 300 MB at every start would
 * cost more than it protects.
 * @param {string} root @param {ModelEntry} entry @param {ModelFile} file
 */
export function isFilePresent(root, entry, file) {
  const record = readRecord(root, entry)[file.path];
  if (!record || !isAccepted(file, record.sha256)) return false;
  try {
    const status = statSync(path.join(modelFolder(root, entry), file.path));
    return status.size === record.size && Math.abs(status.mtimeMs - record.modifiedMs) <= COARSEST_CLOCK_MS;
  } catch {
    return false;
  }
}

/** @param {string} root @param {ModelEntry} entry */
export const isPresent = (root, entry) => entry.files.every((file) => isFilePresent(root, entry, file));

/** @typedef {Record<string, { sha256: string, size: number, modifiedMs: number }>} VerifiedRecord */

/** @param {string} root @param {Pick<ModelEntry, "id" | "revision">} entry @returns {VerifiedRecord} */
export function readRecord(root, entry) {
  const file = verifiedRecord(root, entry);
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}

/** The copy of node-llama-cpp with its CUDA build. @param {string} root @param {string} version */
export const gpuEngineFolder = (root, version) => path.join(root, "engines", `node-llama-cpp-${version}-cuda`);
