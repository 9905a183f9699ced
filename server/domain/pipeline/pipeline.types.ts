import { z } from "zod";
import type { RunStatus } from "@/runtime/run/reduce";
import { identifier } from "@/server/platform/guard/identifier";
import { pageInput } from "@/server/platform/guard/page-of";
import { isStorable, lineOfText } from "@/server/platform/guard/storable";

export const pipelineLimits = {
  pipelines: 2000,
  nameCharacters: 120,
  noteCharacters: 200,
  sampleInputs: 100,
  sampleInputNameCharacters: 128,
  sampleInputBytes: 512 * 1024,
  /** A picture of the graph in a list needs no more than this to be recognised. */
  miniatureNodes: 60,
  miniatureEdges: 120,
} as const;

export const pipelineName = lineOfText(pipelineLimits.nameCharacters);

const revision = z.int().min(1).max(2_147_483_647);

/** Read by parseDocument, which knows the format and its bounds, not by the schema of the call. */
const document = z.unknown();

export const sampleInputs = z
  .record(z.string().min(1).max(pipelineLimits.sampleInputNameCharacters), z.json())
  .refine((inputs) => Object.keys(inputs).length <= pipelineLimits.sampleInputs, "Too many inputs.")
  .refine(
    (inputs) => Buffer.byteLength(JSON.stringify(inputs)) <= pipelineLimits.sampleInputBytes,
    "The inputs are larger than 512 KiB.",
  )
  .refine(isStorable, "The inputs hold characters that cannot be stored.");

export const listInput = pageInput.extend({ removed: z.boolean().default(false) });
export const byIdInput = z.strictObject({ id: identifier });
export const removeInput = z.strictObject({
  id: identifier,
  /** The caller knows that programs call it, and that they get no answer from now on. */
  stopsApi: z.boolean().default(false),
});
/** By its id, or by its number within the pipeline. */
export const revisionInput = z
  .strictObject({ id: identifier, revisionId: identifier.optional(), number: revision.optional() })
  .refine(({ revisionId, number }) => (revisionId === undefined) !== (number === undefined), "Give an id or a number.");
export const stepSourceInput = z.strictObject({
  id: identifier,
  revisionId: identifier.optional(),
  /** The pipeline that it is to be a step of. */
  inside: identifier.optional(),
});
export const keepInput = z.strictObject({
  id: identifier,
  /** The revision of the saved draft that the person sees. */
  revision,
  why: z.enum(["keep", "before-restore"]).default("keep"),
  note: z.string().trim().max(pipelineLimits.noteCharacters).refine(isStorable).default(""),
});
export const renameInput = z.strictObject({ id: identifier, name: pipelineName });
export const saveInput = z.strictObject({ id: identifier, baseRevision: revision, document });
export const saveSampleInputsInput = z.strictObject({ id: identifier, inputs: sampleInputs });

/** From a template, from a document, or blank. */
export const createInput = z
  .strictObject({
    name: pipelineName,
    templateId: z.string().min(1).max(64).optional(),
    locale: z.enum(["en", "zh"]).default("en"),
    document: document.optional(),
  })
  .refine(
    (input) => input.templateId === undefined || input.document === undefined,
    "Give a template or a document, not both.",
  );

export type CreateInput = z.output<typeof createInput>;

export interface Miniature {
  readonly nodes: readonly { readonly id: string; readonly type: string; readonly x: number; readonly y: number }[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

export interface PipelineListItem {
  readonly id: string;
  readonly name: string;
  readonly templateId: string | null;
  readonly revision: number;
  readonly updatedAt: Date;
  readonly nodeCount: number;
  readonly lastRun: {
    readonly id: string;
    readonly status: RunStatus;
    readonly startedAt: Date;
    readonly durationMs: number | null;
  } | null;
  readonly deployment: { readonly slug: string; readonly active: boolean } | null;
  readonly miniature: Miniature;
}
