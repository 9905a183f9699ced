import { DownloadError } from "./download.mjs";

/**
 * @import { NpmAccess, npmPack } from "./npm.mjs"
 * @import { PipDownload } from "./pip.mjs"
 *
 * @typedef {object} Surroundings
 * @property {string} downloads folder for tarballs and unfinished files
 * @property {string} workFolder npm's settings are those of this folder
 * @property {readonly string[]} hubs base addresses, tried in order
 * @property {() => Promise<NpmAccess>} npmAccess
 * @property {typeof npmPack} pack downloads a tarball with npm itself
 * @property {() => Promise<PipDownload | null>} pip null: no Python with pip is here
 * @property {string} pythonIndex asked directly where there is no pip
 * @property {(bytes: number) => void} onBytes
 * @property {Set<string>} unreachable hosts that did not answer in this run
 * @property {AbortSignal} [signal]
 */

/**
 * Work that does not ask a host again which was not there a moment ago.
 * @template T
 * @param {string} url @param {Surroundings} around
 * @param {(options: { url: string, onBytes: (bytes: number) => void, signal?: AbortSignal }) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function guarded(url, around, work) {
  const { host } = new URL(url);
  if (around.unreachable.has(host))
    throw new DownloadError(`${host} is not reachable`, { final: true, unreachable: true });
  try {
    return await work({ url, onBytes: around.onBytes, ...(around.signal && { signal: around.signal }) });
  } catch (error) {
    if (error instanceof DownloadError && error.unreachable) around.unreachable.add(host);
    throw error;
  }
}

/** @param {unknown} error */
export const isDiskTrouble = (error) =>
  error instanceof Error && "code" in error && ["ENOSPC", "EDQUOT", "EACCES", "EROFS"].includes(String(error.code));
