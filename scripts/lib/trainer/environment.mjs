import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { cacheRoot } from "../../models/cache.mjs";
import { withLock } from "../../models/lock.mjs";
import { checkDiskSpace } from "../disk-space.mjs";
import { inProject } from "../project.mjs";
import { runProgram } from "../run-program.mjs";
import { StartFailure } from "../start-failure.mjs";
import { findTool } from "./find-tool.mjs";
import { installSteps, pythonOf } from "./install-steps.mjs";
import { lockParts } from "./lock-parts.mjs";

export const trainerFolder = inProject("runtime", "trainer");
const lockFile = inProject("runtime", "trainer", "requirements.txt");
/** Packages, and the copies that the installer keeps while it works. */
const NEEDED_MB = 12_000;

/** @param {string} program @param {readonly string[]} words */
const look = (program, words) => runProgram(program, words).catch(() => null);

/**
 * The Python of an environment that has what the trainer needs: the one that is named, or one of this user's own, which is made where it is not there.
 * @param {Pick<import("./options.mjs").TrainerOptions, "environment" | "index" | "torchIndex">} options
 * @param {(line: string) => void} print
 * @returns {Promise<string>}
 */
export async function trainerPython({ environment, index, torchIndex }, print) {
  if (environment !== null) return checked(environment);
  const lock = await readFile(lockFile, "utf8");
  const name = createHash("sha256")
    .update(lock)
    .update(torchIndex ?? "")
    .digest("hex")
    .slice(0, 16);
  const folder = path.join(cacheRoot(), "trainer", name);
  await withLock(`${folder}.lock`, () => make(folder, lock, index, torchIndex, print), {
    onWait: () => print("Another process makes the trainer's environment, waiting"),
  });
  return pythonOf(folder);
}

/** @param {string} folder */
async function checked(folder) {
  const python = pythonOf(folder);
  if (!existsSync(python))
    throw new StartFailure(`There is no Python environment in ${folder}: ${python} does not exist.`);
  const told = await runProgram(python, [
    "-c",
    "import torch, transformers, peft, trl, datasets, accelerate, safetensors",
  ]);
  if (told.status !== 0) {
    const missing = /No module named '([^']+)'/.exec(told.output)?.[1];
    throw new StartFailure(
      `The environment in ${folder} cannot train: ${missing === undefined ? told.output.trim() : `it has no package ${missing}`}\nInstall what it lacks: ${python} -m pip install -r ${lockFile}`,
    );
  }
  return python;
}

/** @param {string} folder @param {string} lock @param {string | null} index @param {string | null} torchIndex @param {(line: string) => void} print */
async function make(folder, lock, index, torchIndex, print) {
  const ready = path.join(folder, "ready");
  if (existsSync(ready)) return;
  const tool = await findTool(look);
  await checkDiskSpace(folder, NEEDED_MB, "the trainer's Python environment");
  print(
    torchIndex === null
      ? "Making the trainer's Python environment, once. PyTorch and its CUDA libraries are about 5.7 GB: 19 minutes where this was measured.\nCtrl-C stops it; the next start begins again. Another index, a smaller build or an environment you have: npm run trainer -- --help"
      : `Making the trainer's Python environment, once, with PyTorch from ${torchIndex}.`,
  );
  print(`It is made by ${tool.program} in ${folder}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.dirname(folder), { recursive: true });
  const { torch, rest } = lockParts(lock);
  const restFile = `${folder}.txt`;
  await writeFile(restFile, rest);
  for (const { program, words } of installSteps(tool, {
    folder,
    lock: lockFile,
    rest: restFile,
    torch,
    index,
    torchIndex,
  })) {
    const status = await shown(program, words);
    if (status !== 0)
      throw new StartFailure(
        `The trainer's environment could not be made: ${program} ${words[0]} … ended with status ${status}; what it said stands above.\nWithout a way to PyPI name a mirror with --index, or an environment with --environment.`,
      );
  }
  await rm(restFile, { force: true });
  // Written aside and renamed: half a mark is none.
  await writeFile(`${ready}.new`, "");
  await rename(`${ready}.new`, ready);
}

/** @param {string} program @param {readonly string[]} words @returns {Promise<number>} */
const shown = (program, words) =>
  new Promise((resolve, reject) => {
    spawn(program, [...words], { stdio: ["ignore", "inherit", "inherit"] })
      .once("error", reject)
      .once("exit", (status) => resolve(status ?? 1));
  });
