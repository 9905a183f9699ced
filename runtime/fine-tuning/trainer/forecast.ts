import { type Method, trainingMemory } from "../training-memory";
import type { TrainerMethod } from "./contract";

/** The method of the advisor's table that stands for one of the trainer's: their memory is the same to a few per cent. */
export const tableMethod: Readonly<Record<TrainerMethod, Method>> = {
  full: "full",
  frozen: "frozen",
  lora: "lora",
  rslora: "lora",
  dora: "lora",
  qlora: "qlora",
  prefix: "prefix",
  "p-tuning-v2": "prefix",
  prompt: "p-tuning",
};

export interface ForecastInput {
  readonly method: TrainerMethod;
  readonly parameters: number;
  readonly layers: number;
  readonly hidden: number;
  readonly contextTokens: number;
  readonly batchSize: number;
  readonly gradientCheckpointing: boolean;
  readonly gpuBytes: number;
  readonly gpuName: string;
  /** Of the rows learnt from, before they are cut. */
  readonly tokens: number;
  readonly epochs: number;
}

/** What helps where it does not fit, gentlest first. */
export const remedies = ["batch-of-one", "gradient-checkpointing", "qlora", "half-context", "smaller-base"] as const;
export type Remedy = (typeof remedies)[number];

export interface Forecast {
  /** Bytes on the GPU at the height of a step. */
  readonly memoryBytes: number;
  readonly fits: boolean;
  /** The first that makes it fit, with what it needs then; null where it fits. */
  readonly remedy: { readonly kind: Remedy; readonly memoryBytes: number } | null;
  /** null where the GPU is not known. */
  readonly seconds: number | null;
}

const vocabulary = 128_000;

/**
 * Memory of a step: the advisor's table (training-memory.ts), whose activations are those of one row with checkpointing, times the rows of a batch. Without checkpointing
 * every layer keeps what one does while it is computed again, 34 · s · h (Korthikanti et al. 2022, https://arxiv.org/abs/2205.05198, equation 2).
 */
export const forecastMemory = (input: Omit<ForecastInput, "gpuBytes" | "gpuName" | "tokens" | "epochs">): number => {
  const { method, parameters, layers, hidden, contextTokens, batchSize, gradientCheckpointing } = input;
  const one = trainingMemory(tableMethod[method], { parameters, layers, hidden }, { contextTokens, gpus: 1 });
  const states = one.weights + one.gradients + one.optimizer;
  const perToken = gradientCheckpointing ? 2 * hidden * layers + 34 * hidden : 34 * hidden * layers;
  const activations = batchSize * contextTokens * (perToken + 6 * vocabulary);
  return 2 ** 30 + 1.1 * (states + activations);
};

/** Floating point operations a second in 16 bits without sparsity, from the makers' data sheets. */
const speeds: readonly (readonly [RegExp, number])[] = [
  [/H200|H100|H800|GH200/i, 989e12],
  [/B200|B100/i, 2_250e12],
  [/A100|A800/i, 312e12],
  [/L40S/i, 362e12],
  [/4090/i, 165e12],
  [/3090/i, 71e12],
  [/A10G?\b/i, 125e12],
  [/\bL4\b/i, 121e12],
  [/\bT4\b/i, 65e12],
];
/** Of the data sheet's speed that training reaches; Megatron reports 0.4 to 0.57 for large models, small batches reach less. */
const reached = 0.35;

/**
 * Operations a token: 2 N forward, 2 N for the gradients that flow through, 2 N for those of the weights that learn (Kaplan et al. 2020, https://arxiv.org/abs/2001.08361, section 2.1);
 * adapters spare the last. Checkpointing computes the forward pass again.
 */
const secondsOf = ({ method, parameters, tokens, epochs, gpuName, gradientCheckpointing }: ForecastInput) => {
  const speed = speeds.find(([name]) => name.test(gpuName))?.[1];
  if (speed === undefined) return null;
  const each = (method === "full" ? 6 : 4) + (gradientCheckpointing ? 2 : 0);
  return (each * parameters * tokens * epochs) / (speed * reached);
};

export const forecast = (input: ForecastInput): Forecast => {
  const memoryBytes = forecastMemory(input);
  const fits = memoryBytes <= input.gpuBytes;
  const seconds = secondsOf(input);
  if (fits) return { memoryBytes, fits, remedy: null, seconds };
  const small = { ...input, batchSize: 1 };
  const checked = input.method.startsWith("p") ? small : { ...small, gradientCheckpointing: true };
  const quantised = { ...checked, gradientCheckpointing: true, method: "qlora" as const };
  const short = { ...quantised, contextTokens: Math.max(64, Math.floor(input.contextTokens / 2)) };
  const tries: readonly (readonly [Remedy, ForecastInput])[] = [
    ["batch-of-one", small],
    ["gradient-checkpointing", checked],
    ["qlora", quantised],
    ["half-context", short],
  ];
  for (const [kind, changed] of tries) {
    const needed = forecastMemory(changed);
    if (needed <= input.gpuBytes) return { memoryBytes, fits, remedy: { kind, memoryBytes: needed }, seconds };
  }
  return { memoryBytes, fits, remedy: { kind: "smaller-base", memoryBytes: forecastMemory(short) }, seconds };
};
