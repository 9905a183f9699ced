import { z } from "zod";

/** What `runtime/trainer` speaks. Fields that this app has no use for are let through. */
export const trainerProtocol = 1;

export const trainerMethods = [
  "full",
  "frozen",
  "lora",
  "qlora",
  "dora",
  "rslora",
  "p-tuning-v2",
  "prefix",
  "prompt",
] as const;
export type TrainerMethod = (typeof trainerMethods)[number];

export const trainerCapabilities = z.object({
  version: z.string().max(100),
  protocol: z.number().optional(),
  methods: z.array(z.string().max(100)).max(100),
  stages: z.array(z.string().max(100)).max(20),
  serves: z.boolean().default(false),
  devices: z
    .array(z.object({ index: z.number(), name: z.string().max(200), memoryBytes: z.number().nonnegative() }))
    .max(1_024)
    .default([]),
});
export type TrainerCapabilities = z.output<typeof trainerCapabilities>;

export const trainerBase = z.object({
  name: z.string().min(1).max(300),
  layers: z.number().int().positive().optional(),
  hidden: z.number().int().positive().optional(),
  vocabulary: z.number().int().positive().optional(),
  contextTokens: z.number().int().positive().optional(),
  parameters: z.number().nonnegative().optional(),
  bytes: z.number().nonnegative().optional(),
  chatTemplate: z.boolean().optional(),
  fault: z.string().max(1_000).optional(),
});
export type TrainerBase = z.output<typeof trainerBase>;

const pieces = z.object({
  texts: z.array(z.string().max(10_000)).max(10_000),
  learnt: z.array(z.boolean()).max(10_000),
  tokens: z.number().int().nonnegative(),
  cut: z.number().int().nonnegative(),
});
const counted = z.number().int().nonnegative();
export const rowsReport = z.object({
  rows: counted,
  used: counted,
  emptyAnswers: counted,
  withoutRoom: counted,
  truncated: counted,
  longestTokens: counted,
  tokens: counted,
  answerTokens: counted,
});
export const trainerPreview = z.object({
  rows: z.array(z.object({ tokens: pieces })).max(10),
  report: rowsReport,
  lengths: z.record(z.string(), counted),
});
export type TrainerPreview = z.output<typeof trainerPreview>;

const artifact = z.object({
  name: z.string().min(1).max(300),
  bytes: counted,
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type TrainerArtifact = z.output<typeof artifact>;

export const trainerJob = z.object({
  id: z.string().regex(/^[0-9a-f]{13}-[0-9a-f]{16}$/),
  state: z.enum(["queued", "running", "done", "failed", "cancelled"]),
  waitingPlace: z.number().optional(),
  folder: z.string().max(4_096).optional(),
  error: z.object({ code: z.string().max(100), message: z.string().max(10_000) }).optional(),
  result: z
    .object({
      artifacts: z.array(artifact).max(1_000),
      steps: counted,
      bestEvalLoss: z.number().nullish(),
      baseHash: z.string().nullish(),
      peakMemoryBytes: z.number().nonnegative().optional(),
    })
    .optional(),
});
export type TrainerJob = z.output<typeof trainerJob>;

const measured = z.number().nullish();
/** What a job tells that this app keeps. */
export const trainerEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("progress"),
    step: counted,
    totalSteps: counted,
    loss: measured,
    learningRate: measured,
    gradientNorm: measured,
    tokensPerSecond: measured,
    memoryBytes: measured,
    secondsLeft: measured,
  }),
  z.object({ type: z.literal("evaluation"), step: counted, evalLoss: measured }),
  z.object({ type: z.literal("checkpoint"), step: counted }),
  z.object({ type: z.literal("resumed"), step: counted }),
  z.object({
    type: z.literal("sample"),
    step: counted,
    prompt: z.number().int().min(0).max(4),
    text: z.string().max(30_000),
  }),
  z.object({ type: z.literal("warning"), code: z.string().max(100), text: z.string().max(30_000) }),
  z.object({ type: z.literal("log"), text: z.string().max(30_000) }),
  z.object({ type: z.literal("data"), part: z.string().max(100), rows: counted, used: counted }),
  z.object({ type: z.literal("model"), trainedParameters: counted, parameters: counted, device: z.string().max(100) }),
  z.object({ type: z.literal("end"), state: z.string().max(100) }),
]);
export type TrainerEvent = z.output<typeof trainerEvent>;
