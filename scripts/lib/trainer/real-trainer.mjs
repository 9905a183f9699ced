import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { trainerFolder } from "./environment.mjs";

/** One thread each: more would only take turns on a small model. */
const onTheCpu = { OMP_NUM_THREADS: "1", CUDA_VISIBLE_DEVICES: "" };

/** @param {string} python @param {readonly string[]} words @returns {Promise<void>} */
const run = (python, words) =>
  new Promise((resolve, reject) => {
    spawn(python, [...words], {
      cwd: trainerFolder,
      env: { ...process.env, ...onTheCpu },
      stdio: ["ignore", "inherit", "inherit"],
    })
      .once("error", reject)
      .once("exit", (status) =>
        status === 0 ? resolve() : reject(new Error(`${words.join(" ")} ended with status ${status}`)),
      );
  });

/**
 * A trainer on the CPU with one tiny base model, `tiny`, in a folder of its own, while the work goes on.
 * @template T
 * @param {string} python @param {(trainer: { address: string, token: string }) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withRealTrainer(python, work) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-trainer-"));
  const token = randomBytes(16).toString("hex");
  try {
    await mkdir(path.join(folder, "models"));
    await run(python, ["-m", "tests.tiny_model", path.join(folder, "models", "tiny")]);
    const child = spawn(python, ["-m", "pipewright_trainer", "--port", "0", "--data", folder], {
      cwd: trainerFolder,
      env: { ...process.env, ...onTheCpu, PIPEWRIGHT_TRAINER_TOKEN: token },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    try {
      return await work({ address: `${await listening(child)}/v1`, token });
    } finally {
      child.kill("SIGTERM");
      await ended;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {import("node:child_process").ChildProcess} child @returns {Promise<string>} its address */
const listening = (child) =>
  new Promise((resolve, reject) => {
    let said = "";
    child.stdout?.setEncoding("utf8").on("data", (text) => {
      said += text;
      const address = /Listening on (\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once("exit", (status) => reject(new Error(`the trainer ended with status ${status} before it listened`)));
  });
