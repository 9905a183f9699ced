import path from "node:path";

/** @param {string} folder of a Python environment @param {NodeJS.Platform} [platform] */
export const pythonOf = (folder, platform = process.platform) =>
  platform === "win32" ? path.join(folder, "Scripts", "python.exe") : path.join(folder, "bin", "python");

/**
 * @typedef {{ kind: "uv" | "python", program: string }} Tool what makes the environment
 * @typedef {{ program: string, words: string[] }} Step
 */

/**
 * The programs that make the environment, one after the other.
 * @param {Tool} tool
 * @param {{ folder: string, lock: string, rest: string, torch: string, index: string | null, torchIndex: string | null }} wanted
 *   `lock`, `rest`: files, the second without PyTorch; `torch`: its name and version
 * @returns {Step[]}
 */
export function installSteps(tool, { folder, lock, rest, torch, index, torchIndex }) {
  const python = pythonOf(folder);
  const make =
    tool.kind === "uv"
      ? { program: tool.program, words: ["venv", "--python", ">=3.11,<3.15", folder] }
      : { program: tool.program, words: ["-m", "venv", folder] };
  /** @param {readonly string[]} words @returns {Step} */
  const install = (words) =>
    tool.kind === "uv"
      ? { program: tool.program, words: ["pip", "install", "--python", python, ...words] }
      : { program: python, words: ["-m", "pip", "install", "--disable-pip-version-check", ...words] };
  const from = index === null ? [] : ["--index-url", index];
  // The lock is complete: nothing that it does not name is to come along.
  if (torchIndex === null) return [make, install(["--no-deps", "--require-hashes", "-r", lock, ...from])];
  return [
    make,
    install(["--no-deps", "--index-url", torchIndex, torch]),
    install(["--no-deps", "--require-hashes", "-r", rest, ...from]),
  ];
}
