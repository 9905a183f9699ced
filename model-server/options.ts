import os from "node:os";
import { parseArgs } from "node:util";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { cacheRoot } from "@/scripts/models/cache.mjs";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface EndpointOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Bearer key that clients must show; none by default, since it listens on this machine only. */
  readonly key: string | undefined;
  readonly cacheRoot: string;
  /** GGUF files named by the user: model name and path. */
  readonly ggufs: readonly { readonly id: string; readonly path: string }[];
  /** "auto": a GPU where llama.cpp finds one. */
  readonly gpu: "auto" | "off";
  readonly threads: number;
  /** The longest context made for a model, in tokens; a model trained for less gets less. */
  readonly contextSize: number;
  readonly chatSlots: number;
  readonly chatWaiting: number;
  readonly embeddingWaiting: number;
  /** Language models kept in memory at once. */
  readonly loadedModels: number;
  /** A model that nobody used for so long is let go of. */
  readonly idleMs: number;
  /** The longest recording that is transcribed. */
  readonly audioSeconds: number;
  /** End when standard input closes, which it does when the parent process dies. */
  readonly parentStdin: boolean;
}

export const usage = `Pipewright's embedded model endpoint: an OpenAI-compatible server for models on this machine.

  --host ADDRESS         127.0.0.1
  --port NUMBER          0: any free port
  --gguf NAME=PATH       serve this GGUF file under this name; repeatable. Also: PIPEWRIGHT_GGUF=PATH
  --gpu auto|off         auto. Also: PIPEWRIGHT_GPU
  --threads NUMBER       for language models on the CPU. Also: PIPEWRIGHT_THREADS
  --context TOKENS       4096: longest context made for a model. Also: PIPEWRIGHT_CONTEXT
  --chat-slots NUMBER    1: chats answered at the same time
  --chat-waiting NUMBER  16: chats that may wait; beyond that 429
  --loaded-models NUMBER 2: language models kept in memory
  --idle-minutes NUMBER  10: a model unused for so long is let go of; 0: never
  --audio-minutes NUMBER 30: the longest recording that is transcribed
  --parent-stdin         end when standard input closes

  PIPEWRIGHT_LOCAL_ENDPOINT_KEY  a bearer key that clients must show
  PIPEWRIGHT_CACHE               folder of the weights`;

/** A language model on few cores is faster on one thread than on all: threads that wait for a core the others hold cost more than they give. */
export const defaultThreads = (cores: number) => (cores <= 2 ? 1 : Math.min(8, cores - 1));

export function parseOptions(
  args: readonly string[],
  environment: Environment,
  cores: number = os.availableParallelism(),
): Result<EndpointOptions, string> {
  let values: ReturnType<typeof parse>["values"];
  try {
    values = parse(args).values;
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
  const problems: string[] = [];
  const whole = (name: string, text: string | undefined, fallback: number, least: number, most: number) => {
    if (text === undefined || text === "") return fallback;
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    problems.push(`${name} must be a whole number from ${least} to ${most}, not "${text}"`);
    return fallback;
  };
  const gpu = values.gpu ?? environment.PIPEWRIGHT_GPU ?? "auto";
  if (gpu !== "auto" && gpu !== "off") problems.push(`--gpu must be auto or off, not "${gpu}"`);
  const named = values.gguf ?? [];
  if (environment.PIPEWRIGHT_GGUF) named.push(environment.PIPEWRIGHT_GGUF);

  const options: EndpointOptions = {
    host: values.host ?? "127.0.0.1",
    port: whole("--port", values.port, 0, 0, 65535),
    key: environment.PIPEWRIGHT_LOCAL_ENDPOINT_KEY || undefined,
    cacheRoot: cacheRoot(environment),
    ggufs: named.map(namedGguf),
    gpu: gpu === "off" ? "off" : "auto",
    threads: whole("--threads", values.threads ?? environment.PIPEWRIGHT_THREADS, defaultThreads(cores), 1, 256),
    contextSize: whole("--context", values.context ?? environment.PIPEWRIGHT_CONTEXT, 4096, 256, 1 << 20),
    chatSlots: whole("--chat-slots", values["chat-slots"], 1, 1, 64),
    chatWaiting: whole("--chat-waiting", values["chat-waiting"], 16, 0, 1024),
    embeddingWaiting: 64,
    loadedModels: whole("--loaded-models", values["loaded-models"], 2, 1, 16),
    idleMs: (whole("--idle-minutes", values["idle-minutes"], 10, 0, 10_080) || Number.POSITIVE_INFINITY) * 60_000,
    audioSeconds: whole("--audio-minutes", values["audio-minutes"], 30, 1, 120) * 60,
    parentStdin: values["parent-stdin"] ?? false,
  };
  return problems.length > 0 ? fail(problems.join("\n")) : ok(options);
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    strict: true,
    options: {
      host: { type: "string" },
      port: { type: "string" },
      gguf: { type: "string", multiple: true },
      gpu: { type: "string" },
      threads: { type: "string" },
      context: { type: "string" },
      "chat-slots": { type: "string" },
      "chat-waiting": { type: "string" },
      "loaded-models": { type: "string" },
      "idle-minutes": { type: "string" },
      "audio-minutes": { type: "string" },
      "parent-stdin": { type: "boolean" },
    },
  });

/** "name=path", or a path whose file name is the name. */
function namedGguf(text: string): { id: string; path: string } {
  const split = /^([A-Za-z0-9._-]+)=(.+)$/.exec(text);
  if (split?.[1] && split[2]) return { id: split[1], path: split[2] };
  return { id: ggufName(text), path: text };
}

export const ggufName = (file: string) => (file.split(/[\\/]/).at(-1) ?? file).replace(/\.gguf$/i, "");
