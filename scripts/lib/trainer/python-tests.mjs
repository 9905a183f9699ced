import { spawn } from "node:child_process";
import { trainerFolder } from "./environment.mjs";

/** Counts that the trainer's tests end with. @param {string} output @returns {{ passed: number, failed: number } | null} */
export function countsIn(output) {
  const found = /^(\d+) passed, (\d+) failed\s*$/.exec(output.trimEnd().split("\n").at(-1) ?? "");
  return found && { passed: Number(found[1]), failed: Number(found[2]) };
}

/**
 * Runs the trainer's own tests on the CPU, one thread each: more would only take turns on the small model.
 * @param {string} python
 * @returns {Promise<import("../suites.mjs").Counts>}
 */
export const runPythonTests = (python) =>
  new Promise((resolve, reject) => {
    let last = "";
    const child = spawn(python, ["-u", "tests/run.py"], {
      cwd: trainerFolder,
      env: { ...process.env, OMP_NUM_THREADS: "1", CUDA_VISIBLE_DEVICES: "" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    child.stdout.setEncoding("utf8").on("data", (text) => {
      process.stdout.write(text);
      last = (last + text).slice(-2_000);
    });
    child.once("error", reject).once("close", (status) => {
      const counts = countsIn(last);
      if (status === 0 && counts !== null && counts.passed > 0) return resolve(counts);
      resolve({
        passed: counts?.passed ?? 0,
        failed: Math.max(1, counts?.failed ?? 0),
        failures: ["the trainer's tests in Python"],
      });
    });
  });
