#!/usr/bin/env node
import { execFile } from "node:child_process";
import { mkdir, readFile, rename, rm, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs, promisify } from "node:util";
import { cacheRoot, gpuEngineFolder } from "./cache.mjs";
import { megabytes } from "./ensure-models.mjs";
import { withLock } from "./lock.mjs";
import { npm } from "./npm.mjs";

const run = promisify(execFile);
const project = fileURLToPath(new URL("../..", import.meta.url));

/** Unpacked engine, npm's copy of the tarballs and room to spare. */
const NEEDED_BYTES = 2_500_000_000;

const usage = `Installs the CUDA build of llama.cpp for this user, so that models on this machine run on its NVIDIA GPU.
About 600 MB to download. The next start uses it; without a GPU nothing changes.

  node scripts/models/gpu-engine.mjs            install
  node scripts/models/gpu-engine.mjs --force    install even where nvidia-smi finds no GPU
  node scripts/models/gpu-engine.mjs --remove   remove it again`;

/** @param {readonly string[]} args @returns {Promise<number>} exit code */
async function main(args) {
  const { values } = parseArgs({
    args: [...args],
    options: { force: { type: "boolean" }, remove: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const version = await engineVersion();
  const folder = gpuEngineFolder(cacheRoot(), version);
  if (values.remove) {
    await rm(folder, { recursive: true, force: true });
    console.log(`Removed ${folder}`);
    return 0;
  }
  if (process.platform === "darwin") {
    console.log("A Mac needs nothing installed: llama.cpp uses Metal as it is.");
    return 0;
  }
  if (process.arch !== "x64") {
    console.error(`There is no CUDA build of llama.cpp on npm for ${process.platform} on ${process.arch}.`);
    return 1;
  }
  const gpus = await nvidiaGpus();
  if (gpus.length === 0 && !values.force) {
    console.error("nvidia-smi finds no GPU on this machine. Install the NVIDIA driver first, or add --force.");
    return 1;
  }
  for (const gpu of gpus) console.log(`Found ${gpu}`);
  await mkdir(path.dirname(folder), { recursive: true });
  await withLock(`${folder}.lock`, () => install(folder, version), {
    onWait: () => console.log("Another process is installing it, waiting"),
  });
  return report(folder, gpus.length > 0);
}

/** @param {string} folder @param {string} version */
async function install(folder, version) {
  if (await isReady(folder)) return console.log("It is installed already.");
  const { bavail, bsize } = await statfs(path.dirname(folder));
  if (bavail * bsize < NEEDED_BYTES)
    throw new Error(
      `not enough disk space in ${path.dirname(folder)}: ${megabytes(NEEDED_BYTES)} needed, ${megabytes(bavail * bsize)} free`,
    );
  const unfinished = `${folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(path.join(unfinished, "not-installed"), { recursive: true });
  await writeFile(
    path.join(unfinished, "not-installed", "package.json"),
    JSON.stringify({ name: "not-installed", version: "0.0.0" }),
  );
  await writeFile(
    path.join(unfinished, "package.json"),
    JSON.stringify({
      private: true,
      dependencies: { "node-llama-cpp": version },
      overrides: Object.fromEntries(
        ["linux-x64-vulkan", "win-x64-vulkan"].map((name) => [`@node-llama-cpp/${name}`, "file:./not-installed"]),
      ),
    }),
  );
  console.log(`Installing node-llama-cpp ${version} with CUDA into ${folder} …`);
  await npm(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"], unfinished);
  await writeFile(path.join(unfinished, "ready"), `${version}\n`);
  await rm(folder, { recursive: true, force: true });
  await rename(unfinished, folder);
}

/** Starts the engine once and says what it found. @param {string} folder @param {boolean} gpuExpected */
async function report(folder, gpuExpected) {
  const entry = pathToFileURL(path.join(folder, "node_modules", "node-llama-cpp", "dist", "index.js")).href;
  const probe = fileURLToPath(new URL("gpu-probe.mjs", import.meta.url));
  const { stdout } = await run(process.execPath, [probe, entry]);
  const { gpu, names } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}");
  if (gpu) {
    console.log(`It works: ${gpu}, ${names.join(", ")}. Start Pipewright again to use it.`);
    return 0;
  }
  console.error("It is installed, but finds no usable GPU; the CPU goes on being used.");
  return gpuExpected ? 1 : 0;
}

/** @returns {Promise<string>} the version that the project uses */
async function engineVersion() {
  const manifest = JSON.parse(await readFile(path.join(project, "package.json"), "utf8"));
  return manifest.dependencies["node-llama-cpp"];
}

/** @param {string} folder */
const isReady = (folder) =>
  readFile(path.join(folder, "ready")).then(
    () => true,
    () => false,
  );

/** Names of the GPUs; none where there is no driver. @returns {Promise<string[]>} */
async function nvidiaGpus() {
  try {
    const { stdout } = await run("nvidia-smi", ["--query-gpu=name,memory.total", "--format=csv,noheader"]);
    return stdout.trim().split("\n").filter(Boolean);
  } catch {
    return [];
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
