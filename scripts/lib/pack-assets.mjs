import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const compress = promisify(brotliCompress);

/** Below this many bytes packing saves less than its header. */
const smallest = 512;
/** One step more takes eight times as long and saves 7 % more: a start should not wait for it. */
const quality = 9;

/**
 * Packs the scripts and styles of a build, each beside itself with the ending `.br`: once at the build, harder than a server could for every client.
 * @param {string} folder @returns {Promise<number>} how many were packed
 */
export async function packAssets(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.(js|css)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  const packedOnes = await Promise.all(
    files.map(async (file) => {
      const content = await readFile(file);
      if (content.length < smallest) return 0;
      const packed = await compress(content, {
        params: {
          [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
          [constants.BROTLI_PARAM_QUALITY]: quality,
          [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
        },
      });
      await writeFile(`${file}.br`, packed);
      return 1;
    }),
  );
  return packedOnes.filter(Boolean).length;
}
