import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Llama } from "node-llama-cpp";
import { gpuEngineFolder } from "@/scripts/models/cache.mjs";

/** node-llama-cpp, from the project or from the user's GPU copy. */
export type LlamaModule = typeof import("node-llama-cpp");

export interface LlamaEngine {
  readonly module: LlamaModule;
  readonly llama: Llama;
  readonly device: Device;
}

export interface Device {
  readonly kind: "cpu" | "cuda" | "vulkan" | "metal";
  readonly names: readonly string[];
  /** Whether the engine is the GPU copy of the user's cache folder. */
  readonly engine: "project" | "gpu-copy";
}

export interface LlamaOptions {
  readonly cacheRoot: string;
  readonly gpu: "auto" | "off";
  readonly log: (line: string) => void;
}

/**
 * Starts llama.cpp: the CUDA build from the user's cache folder where it was installed and works, else the build that came with
 * the project. Nothing is ever compiled.
 */
export async function startLlama(options: LlamaOptions): Promise<LlamaEngine> {
  if (options.gpu === "auto") {
    const copy = gpuCopy(options.cacheRoot);
    if (copy) {
      try {
        return await start(await import(pathToFileURL(copy).href), "gpu-copy", options);
      } catch (error) {
        options.log(`the GPU engine does not start (${reason(error)}); using the project's`);
      }
    }
  }
  return start(await import("node-llama-cpp"), "project", options);
}

async function start(module: LlamaModule, engine: Device["engine"], { gpu, log }: LlamaOptions): Promise<LlamaEngine> {
  const llama = await module.getLlama({
    build: "never",
    gpu: gpu === "off" ? false : "auto",
    progressLogs: false,
    logger: (level, message) => {
      if (level === "error" || level === "fatal") log(`llama.cpp: ${message.trim()}`);
    },
  });
  const kind = llama.gpu === false ? "cpu" : llama.gpu;
  const names = llama.gpu === false ? [] : await llama.getGpuDeviceNames();
  log(kind === "cpu" ? "llama.cpp runs on the CPU" : `llama.cpp runs on ${kind}: ${names.join(", ")}`);
  return { module, llama, device: { kind, names, engine } };
}

/** Entry point of the copy that `npm run gpu` installed, if it is of the project's version. */
function gpuCopy(cacheRoot: string): string | undefined {
  const manifest = createRequire(import.meta.url)
    .resolve("node-llama-cpp")
    .replace(/dist[\\/]index\.js$/, "package.json");
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const folder = gpuEngineFolder(cacheRoot, version);
  const entry = path.join(folder, "node_modules", "node-llama-cpp", "dist", "index.js");
  return existsSync(path.join(folder, "ready")) && existsSync(entry) ? entry : undefined;
}

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));
