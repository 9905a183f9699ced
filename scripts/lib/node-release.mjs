import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { access, chmod, mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { cacheRoot } from "../models/cache.mjs";
import { withLock } from "../models/lock.mjs";
import { npmPack } from "../models/npm.mjs";
import { readFromTarball } from "../models/tar.mjs";
import { project } from "./project.mjs";

/**
 * The releases of Node that the tests run on beside the one at hand: of each line its version, and the digest that the npm registry states for
 * the package with the binary of a platform.
 * @type {Readonly<Record<string, { version: string, integrity: Readonly<Record<string, string>> }>>}
 */
export const nodeReleases = {
  22: {
    version: "22.23.5",
    integrity: {
      "linux-x64": "sha512-3jhC+wcoWxKZxcRqF2sUSl0c9HEXFnur/nuIPx6O6CWKV0jOUWQm7Htw5SuXqqlMCEhi0cJqybFPEb5hhcBiMw==",
      "linux-arm64": "sha512-e1LOUGKVruPGuLVutn8+Cgm5pI1APm4Kvh+zbb/qe/ZpD9s+TQby5iUgZOWmPpbSKpj0Td8DP1N0NEnXasHizg==",
    },
  },
  24: {
    version: "24.22.3",
    integrity: {
      "linux-x64": "sha512-KHsob+Fv9YerATvYujMbiyJqnRCvLtrcr/eTNqRqiOSGp97EOiRP1yP47+knGgQ/xnc3XY8xzkW587dlZzNqRA==",
      "linux-arm64": "sha512-IZx0J52/1NDwAsY2iyWR9nlPIYuYviTWetjj8+ElvYQh2+XRhLfCfkbFEF/2O5vGI2hcUbyPNHV+nz342FbJXw==",
    },
  },
};

const binaryInside = "package/bin/node";
const MOST_BYTES = 400 << 20;

/**
 * The package that carries a line's binary for a platform. Throws, with what there is, where there is none.
 * @param {string} line such as "22" @param {string} platform as `process.platform` and `process.arch` with a dash between
 */
export function releaseFor(line, platform) {
  const release = Object.hasOwn(nodeReleases, line) ? nodeReleases[line] : undefined;
  if (release === undefined)
    throw new Error(`The tests know no release of Node ${line}; they know ${Object.keys(nodeReleases).join(" and ")}.`);
  const integrity = Object.hasOwn(release.integrity, platform) ? release.integrity[platform] : undefined;
  if (integrity === undefined)
    throw new Error(
      `npm has no binary of Node ${line} that the tests can take on ${platform}; it has some for ${Object.keys(release.integrity).join(" and ")}. Run \`npx vitest run\` with a Node ${line} of your own.`,
    );
  return { version: release.version, package: `node-${platform}`, integrity };
}

/**
 * The folder that holds `node` of a line for this machine, fetched through npm the first time and kept in the cache of this user.
 * @param {string} line @returns {Promise<string>}
 */
export async function nodeFolder(line) {
  const part = releaseFor(line, `${process.platform}-${process.arch}`);
  const folder = path.join(cacheRoot(), "node", `${part.package}-${part.version}`);
  const binary = path.join(folder, "node");
  await withLock(`${folder}.lock`, async () => {
    if (await exists(binary)) return;
    const tarball = path.join(folder, "package.tgz");
    await mkdir(folder, { recursive: true });
    console.log(`Fetching ${part.package} ${part.version} …`);
    await npmPack(part, tarball, project);
    const found = await digestOf(tarball);
    if (found !== part.integrity) {
      await rm(tarball, { force: true });
      throw new Error(
        `${part.package} ${part.version} is not the package that the tests know: its digest is ${found}.`,
      );
    }
    const unpacked = `${binary}.new`;
    const out = createWriteStream(unpacked);
    const names = await readFromTarball(
      tarball,
      new Map([[binaryInside, MOST_BYTES]]),
      (chunk) => new Promise((resolve, reject) => out.write(chunk, (error) => (error ? reject(error) : resolve()))),
    );
    await new Promise((resolve, reject) => out.once("error", reject).end(() => resolve(undefined)));
    if (!names.has(binaryInside)) throw new Error(`${part.package} ${part.version} holds no ${binaryInside}.`);
    await chmod(unpacked, 0o755);
    await rename(unpacked, binary);
    await rm(tarball, { force: true });
  });
  return folder;
}

/** @param {string} file */
const exists = (file) =>
  access(file).then(
    () => true,
    () => false,
  );

/** As the registry writes digests. @param {string} file */
async function digestOf(file) {
  const hash = createHash("sha512");
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest("base64")}`;
}
