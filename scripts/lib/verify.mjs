import { access, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

const root = path.join(import.meta.dirname, "..", "..");
/** Half a million answers with their scores are about half of it. */
const mostBytes = 450 * 2 ** 20;

/**
 * Works out a report again from the file that it was exported to. Needs the folder of Pipewright, for its statistics, but not that it runs.
 * @param {string} file
 * @returns {Promise<{ ok: boolean, problems: readonly string[], numbers: number, experiment: string }>}
 */
export const verifyFile = async (file) => {
  const module = path.join(root, "runtime", "eval", "verify", "verify-report.ts");
  await access(module).catch(() => {
    throw new Error("Reports are verified with Pipewright's own statistics: run this from its folder.");
  });
  const size = await stat(file).then(
    (found) => found.size,
    () => {
      throw new Error(`${file} cannot be read.`);
    },
  );
  if (size > mostBytes) throw new Error(`${file} has more than ${mostBytes / 2 ** 20} MB.`);
  process.env.TSX_TSCONFIG_PATH = path.join(root, "tsconfig.json");
  const { register } = await import("tsx/esm/api");
  register();
  const { verifyReport } = await import(pathToFileURL(module).href);
  return verifyReport(await readFile(file, "utf8"));
};
