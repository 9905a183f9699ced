import { spawn } from "node:child_process";
import { project } from "./project.mjs";

const KEPT_CHARACTERS = 20_000;

/**
 * Runs a program to its end and keeps the last part of what it said.
 * @param {string} program @param {readonly string[]} parameters
 * @param {{ environment?: NodeJS.ProcessEnv, shell?: boolean, signal?: AbortSignal }} [options]
 * @returns {Promise<{ status: number, output: string }>}
 */
export const runProgram = (program, parameters, { environment = process.env, shell = false, signal } = {}) =>
  new Promise((resolve, reject) => {
    let output = "";
    const child = spawn(program, parameters, {
      cwd: project,
      env: environment,
      shell,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
      ...(signal && { signal }),
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output = (output + text).slice(-KEPT_CHARACTERS);
      });
    }
    child.once("error", reject).once("close", (status) => resolve({ status: status ?? 1, output }));
  });
