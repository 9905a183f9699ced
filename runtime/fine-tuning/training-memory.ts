export const methods = ["full", "frozen", "lora", "qlora", "p-tuning", "prefix", "head"] as const;
export type Method = (typeof methods)[number];

export interface ModelShape {
  readonly parameters: number;
  readonly layers: number;
  /** Width of the hidden state. */
  readonly hidden: number;
}

/** Bytes on one GPU while training. */
export interface TrainingMemory {
  readonly weights: number;
  readonly gradients: number;
  readonly optimizer: number;
  readonly activations: number;
  readonly overhead: number;
  readonly total: number;
  /** Parameters that are moved. */
  readonly trainable: number;
}

/**
 * Layers and width of a usual decoder of that many parameters: N ≈ 12 · L · d² (Kaplan et al. 2020, "Scaling Laws for Neural Language Models",
 * https://arxiv.org/abs/2001.08361, section 2.1) with d ≈ 128 · L, which gives 33 layers of 4,212 for 7 billion (Llama 2 7B: 32 of 4,096).
 */
export const shapeOf = (parameters: number): ModelShape => {
  const layers = Math.max(2, Math.round(Math.cbrt(parameters / (12 * 128 * 128))));
  return { parameters, layers, hidden: Math.round(Math.sqrt(parameters / (12 * layers))) };
};

export const loraRank = 16;
const virtualTokens = 32;
/** Of a model whose lower layers are frozen: the share of layers that learn. */
const unfrozenShare = 0.125;
const vocabulary = 128_000;
const gibibyte = 2 ** 30;

/**
 * What each method trains:
 * - full: everything; frozen: the last eighth of the layers.
 * - lora, qlora: two factors of rank r on each of the seven matrices of a layer, q k v o (h × h) and three of the feed-forward (h × 8h/3): r · h · (4 · 2 +
 *   3 · 11/3) = 19 r h a layer (Hu et al. 2021, https://arxiv.org/abs/2106.09685, on all linear layers as Dettmers et al. advise).
 * - prefix: keys and values of v virtual tokens in every layer, 2 v h a layer (Li & Liang 2021, https://arxiv.org/abs/2101.00190).
 * - p-tuning: v virtual tokens at the input, v h, and a small network that makes them, about 2 h² (Liu et al. 2021, https://arxiv.org/abs/2103.10385).
 * - head: a classifier on vectors that another model made; nothing of the model is moved.
 */
export const trainableParameters = (method: Method, { parameters, layers, hidden }: ModelShape): number => {
  switch (method) {
    case "full":
      return parameters;
    case "frozen":
      return parameters * unfrozenShare;
    case "lora":
    case "qlora":
      return layers * 19 * loraRank * hidden;
    case "prefix":
      return layers * 2 * virtualTokens * hidden;
    case "p-tuning":
      return virtualTokens * hidden + 2 * hidden * hidden;
    case "head":
      return 0;
    default:
      return method satisfies never;
  }
};

/**
 * Memory of a training step with batch size 1, on each of `gpus` among which the states are sharded (ZeRO-3, FSDP).
 *
 * States, in bytes a parameter, mixed precision with Adam: 2 weights + 2 gradients + 12 of the optimizer (a 32-bit copy, two moments), so 16 for what is
 * trained (Rajbhandari et al. 2020, "ZeRO", https://arxiv.org/abs/1910.02054, section 3.1); 2 for what is only read; 0.516 in 4-bit NormalFloat with
 * double quantisation: 4 + 0.127 bits (Dettmers et al. 2023, "QLoRA", https://arxiv.org/abs/2305.14314, section 3).
 *
 * Activations with checkpointing and an attention that stores no matrix: each layer's input, 2 · s · h · L, one layer being computed again, 34 · s · h
 * (Korthikanti et al. 2022, https://arxiv.org/abs/2205.05198, equation 2 without its attention term), and the scores of the vocabulary with their
 * gradient, 6 · s · V. Methods that move the last layers only keep as many.
 *
 * Overhead: 1 GiB of the driver's and a tenth for fragments.
 */
export const trainingMemory = (
  method: Method,
  shape: ModelShape,
  { contextTokens, gpus }: { readonly contextTokens: number; readonly gpus: number },
): TrainingMemory => {
  const trainable = trainableParameters(method, shape);
  if (method === "head")
    return { weights: 0, gradients: 0, optimizer: 0, activations: 0, overhead: 0, total: 0, trainable };
  const { parameters, hidden } = shape;
  const layers = method === "frozen" ? Math.max(1, shape.layers * unfrozenShare) : shape.layers;
  const read = method === "qlora" ? 4.127 / 8 : 2;
  const added = method === "full" || method === "frozen" ? 0 : 2 * trainable;
  const weights = (read * parameters + added) / gpus;
  const gradients = (2 * trainable) / gpus;
  const optimizer = (12 * trainable) / gpus;
  const activations = contextTokens * (2 * hidden * layers + 34 * hidden + 6 * vocabulary);
  const subtotal = weights + gradients + optimizer + activations;
  const overhead = gibibyte + 0.1 * subtotal;
  return { weights, gradients, optimizer, activations, overhead, total: subtotal + overhead, trainable };
};
