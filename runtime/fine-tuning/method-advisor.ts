import { z } from "zod";
import { type Method, methods, shapeOf, type TrainingMemory, trainingMemory } from "./training-memory";

export const adviceTasks = ["classify", "extract", "write", "domain"] as const;

export const adviceInput = z.strictObject({
  /** classify: one of a set of labels. extract: fields, JSON. write: tone, format. domain: a field or language the base hardly knows. */
  task: z.enum(adviceTasks),
  /** Examples with answers. */
  rows: z.int().min(0).max(100_000_000),
  /** Size of the base model; of no account for a head. */
  billionParameters: z.number().min(0.05).max(2_000),
  /** Memory of one GPU; 0 is none. */
  gpuGigabytes: z.number().min(0).max(1_000),
  gpus: z.int().min(1).max(1_024),
  contextTokens: z.int().min(64).max(131_072),
  /** Variants that are to be served from one base: customers, domains. */
  variants: z.int().min(1).max(10_000),
});
export type AdviceInput = z.output<typeof adviceInput>;

/** Why a method is or is not the one; the interface puts them into words. */
export const adviceReasons = [
  "too-few-rows",
  "enough-rows",
  "no-gpu",
  "does-not-fit",
  "fits",
  "fits-quantised-only",
  "needs-large-model",
  "cheap-and-strong-for-labels",
  "only-for-labels",
  "many-variants-share-a-base",
  "one-copy-a-variant",
  "new-domain-needs-all-weights",
  "risk-of-forgetting",
  "weaker-than-lora",
  "slower-than-lora",
  "label-task-needs-no-generation",
] as const;
export type AdviceReason = (typeof adviceReasons)[number];

export interface MethodOption {
  readonly method: Method;
  /** Whether a training step fits one GPU, the states sharded among all. */
  readonly fits: boolean;
  readonly memory: TrainingMemory;
  /** 0..100: how well it suits data and task, leaving memory aside. */
  readonly suits: number;
  readonly reasons: readonly AdviceReason[];
}

export interface Advice {
  /** `prompt`: none of the methods; examples in the prompt do better. */
  readonly recommended: Method | "prompt";
  readonly reasons: readonly AdviceReason[];
  /** Best first. */
  readonly options: readonly MethodOption[];
}

/** Below it nothing is learnt that a prompt with examples would not do as well: LIMA (Zhou et al. 2023) needed 1,000 chosen ones for style, labels need fewer. */
const leastRows = { classify: 20, extract: 100, write: 200, domain: 2_000 } as const;
/** Moving every weight pays from here on (Biderman et al. 2024, "LoRA Learns Less and Forgets Less", https://arxiv.org/abs/2405.09673). */
const manyRows = 50_000;
/** Soft prompts come near to tuning the model only for large ones: Lester et al. 2021, https://arxiv.org/abs/2104.08691, figure 1. */
const largeModel = 10;

/** Which method to take, for the data, the hardware and the task. A pure function of its input. */
export const adviseMethod = (input: AdviceInput): Advice => {
  const shape = shapeOf(input.billionParameters * 1e9);
  const room = input.gpuGigabytes * 2 ** 30;
  const options = methods.map((method): MethodOption => {
    const memory = trainingMemory(method, shape, input);
    const fits = method === "head" || (input.gpuGigabytes > 0 && memory.total <= room);
    const { suits, reasons } = judge(method, input);
    const hardware: AdviceReason[] =
      method === "head" ? [] : input.gpuGigabytes === 0 ? ["no-gpu"] : fits ? ["fits"] : ["does-not-fit"];
    return { method, fits, memory, suits, reasons: [...reasons, ...hardware] };
  });
  const score = (option: MethodOption) => (option.fits ? option.suits : option.suits - 200);
  const ranked = options.toSorted((left, right) => score(right) - score(left));
  const best = ranked[0];
  if (input.rows < leastRows[input.task]) return { recommended: "prompt", reasons: ["too-few-rows"], options: ranked };
  if (best === undefined || !best.fits || best.suits <= 0) {
    return { recommended: "prompt", reasons: [input.gpuGigabytes === 0 ? "no-gpu" : "does-not-fit"], options: ranked };
  }
  const lora = options.find(({ method }) => method === "lora");
  const forced: AdviceReason[] = best.method === "qlora" && lora?.fits === false ? ["fits-quantised-only"] : [];
  return { recommended: best.method, reasons: [...best.reasons, ...forced], options: ranked };
};

const judge = (method: Method, input: AdviceInput): { suits: number; reasons: AdviceReason[] } => {
  const { task, rows, billionParameters, variants } = input;
  const reasons: AdviceReason[] = [];
  let suits = 0;
  switch (method) {
    case "head":
      if (task === "classify") return { suits: 95, reasons: ["cheap-and-strong-for-labels"] };
      return { suits: -100, reasons: ["only-for-labels"] };
    case "full":
      suits = 40;
      if (rows >= manyRows) {
        suits += task === "domain" ? 50 : 25;
        reasons.push("enough-rows");
      } else {
        reasons.push("risk-of-forgetting");
      }
      if (task === "domain") reasons.push("new-domain-needs-all-weights");
      if (variants > 1) {
        suits -= 40;
        reasons.push("one-copy-a-variant");
      }
      break;
    case "frozen":
      suits = rows >= 1_000 ? 45 : 35;
      reasons.push("weaker-than-lora");
      if (variants > 1) {
        suits -= 20;
        reasons.push("one-copy-a-variant");
      }
      break;
    case "lora":
      suits = 80;
      if (rows >= leastRows[task]) reasons.push("enough-rows");
      if (variants > 1) {
        suits += 8;
        reasons.push("many-variants-share-a-base");
      }
      break;
    case "qlora":
      suits = 72;
      reasons.push("slower-than-lora");
      if (variants > 1) reasons.push("many-variants-share-a-base");
      break;
    case "p-tuning":
    case "prefix":
      suits = billionParameters >= largeModel ? (method === "prefix" ? 58 : 56) : 25;
      reasons.push(billionParameters >= largeModel ? "weaker-than-lora" : "needs-large-model");
      // A soft prompt holds little, which with few rows is a virtue.
      if (billionParameters >= largeModel && rows < 500) suits += 28;
      if (task === "domain") suits -= 30;
      if (variants > 1) reasons.push("many-variants-share-a-base");
      break;
    default:
      method satisfies never;
  }
  if (rows < leastRows[task]) reasons.unshift("too-few-rows");
  if (task === "classify") {
    suits -= 15;
    reasons.push("label-task-needs-no-generation");
  }
  return { suits, reasons };
};
