import { z } from "zod";
import type { Evaluation } from "@/runtime/fine-tuning/evaluate";
import { trainingLimits } from "@/runtime/fine-tuning/limits";
import { adviceInput } from "@/runtime/fine-tuning/method-advisor";
import { type CurvePoint, headSettings } from "@/runtime/fine-tuning/train-head";
import { identifier } from "@/server/platform/guard/identifier";
import { isStorableText, lineOfText } from "@/server/platform/guard/storable";

export const tunedModelLimits = { models: 500, versions: 1_000, nameCharacters: 80, notesCharacters: 5_000 } as const;

export const stages = ["draft", "staging", "production", "archived"] as const;
export type Stage = (typeof stages)[number];
export const chatMethods = ["full", "frozen", "lora", "qlora", "p-tuning", "prefix", "other"] as const;

const name = lineOfText(tunedModelLimits.nameCharacters);
const reference = lineOfText(300);
const notes = z
  .string()
  .trim()
  .max(tunedModelLimits.notesCharacters)
  .refine(isStorableText, "Control characters are not allowed.");

export const byIdInput = z.strictObject({ id: identifier });
export const listInput = z.strictObject({ query: z.string().trim().max(100).optional() });
export const updateInput = z.strictObject({ id: identifier, name: name.optional(), description: notes.optional() });
export const trainInput = z.strictObject({
  trainingSetId: identifier,
  /** A further version of this model; else a new model of this name. */
  modelId: identifier.optional(),
  name: name.optional(),
  embeddingModel: reference.default("default"),
  /** Share held out for the test where the rows bring no test part. */
  testShare: z.number().min(0.05).max(0.5).default(0.2),
  settings: headSettings,
  notes: notes.default(""),
});
export const registerInput = z.strictObject({
  modelId: identifier.optional(),
  name: name.optional(),
  /** What it was made from, as its maker calls it. */
  base: reference,
  method: z.enum(chatMethods),
  /** `<endpoint slug>/<model name>` */
  servedAs: reference,
  data: notes.default(""),
  notes: notes.default(""),
});
export const setStageInput = z.strictObject({ id: identifier, stage: z.enum(stages) });
export const compareInput = z.strictObject({ leftId: identifier, rightId: identifier });
export const tryInput = z.strictObject({
  id: identifier,
  text: z.string().trim().min(1).max(trainingLimits.textCharacters),
});
export { adviceInput };

/** Lineage: what a version learnt from. */
export interface VersionData {
  readonly trainingSetId?: string;
  readonly name?: string;
  /** SHA-256 of the rows. */
  readonly hash?: string;
  readonly trainRows?: number;
  readonly testRows?: number;
  /** In the head's order. */
  readonly labels?: readonly string[];
  /** Of a chat model: in its maker's words. */
  readonly description?: string;
}

export interface VersionMetrics extends Partial<Evaluation> {
  readonly curve?: readonly CurvePoint[];
  readonly bestEpoch?: number;
  readonly validationRows?: number;
  readonly trainMs?: number;
  readonly dimensions?: number;
  /** JSONL of what was said of each held-out row. */
  readonly predictionsFileId?: string;
}

export interface VersionItem {
  readonly id: string;
  readonly number: number;
  readonly stage: Stage;
  readonly base: string;
  readonly method: string;
  readonly servedAs: string | null;
  readonly createdAt: Date;
  readonly notes: string;
  readonly data: VersionData;
  readonly accuracy: Evaluation["accuracy"] | null;
  readonly macroF1: Evaluation["macroF1"] | null;
}

export interface VersionView extends VersionItem {
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  readonly metrics: VersionMetrics;
}

export interface TunedModelItem {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly task: "classify" | "chat";
  readonly description: string;
  readonly updatedAt: Date;
  readonly versionCount: number;
  readonly production: VersionItem | null;
  readonly latest: VersionItem | null;
}

/** What the settings of a step offer: every reference that a model can be called by, with the labels it gives. */
export interface TunedModelOption {
  readonly reference: string;
  readonly name: string;
  readonly task: "classify" | "chat";
  readonly number: number;
  readonly stage: Stage;
  readonly labels: readonly string[];
}
