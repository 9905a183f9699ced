import { z } from "zod";
import { graphLimits } from "@/runtime/graph/document";
import { identifier } from "@/server/platform/guard/identifier";
import { pageInput } from "@/server/platform/guard/page-of";
import { isStorable, isStorableText } from "@/server/platform/guard/storable";

export const proposalLimits = {
  /** Settings of a pipeline that may be open for change. */
  openFields: 50,
  /** Cases that a proposal is shown on. */
  cases: 10,
  /** Proposals of a pipeline that wait for a decision. */
  open: 100,
  noteLength: 2_000,
  /** Characters of an answer that are kept with a proposal. */
  answerLength: 4_000,
} as const;

export const proposalStates = ["open", "accepted", "declined", "withdrawn"] as const;
export type ProposalState = (typeof proposalStates)[number];

/** A setting of a step of the pipeline itself. */
const openField = z.strictObject({
  node: z.string().min(1).max(graphLimits.idLength),
  field: z.string().min(1).max(graphLimits.fieldLength),
});
export const openFields = z.array(openField).max(proposalLimits.openFields);
export type OpenField = z.output<typeof openField>;

const changes = z
  .array(openField.extend({ value: z.json() }))
  .max(proposalLimits.openFields)
  .refine(isStorable, "A text holds a NUL character or half of a character pair.");
export type AskedChange = z.output<typeof changes>[number];

/** What stood in a setting, and what is to stand there. */
export const fieldChange = openField.extend({ before: z.json(), after: z.json() });
export type FieldChange = z.output<typeof fieldChange>;

/** A version that was made of a prompt's new words. With a label, that label is to move to it; without, the steps that hold `parent` are to hold it. */
export const proposedPrompt = z.strictObject({
  promptId: z.string(),
  slug: z.string(),
  label: z.string(),
  parent: z.int(),
  number: z.int(),
});
export type ProposedPrompt = z.output<typeof proposedPrompt>;

const shownAnswer = z.strictObject({
  runId: z.string(),
  status: z.string(),
  /** Of its outputs, cut. */
  text: z.string(),
});
export const proposedCase = z.strictObject({
  /** What was given, in one line. */
  asked: z.string(),
  /** What a right answer would be, as whoever proposed it wrote it; empty where nobody said. */
  wanted: z.string(),
  before: shownAnswer.nullable(),
  after: shownAnswer.nullable(),
});
export type ProposedCase = z.output<typeof proposedCase>;

const note = z.string().trim().max(proposalLimits.noteLength).refine(isStorableText);
const wanted = z.string().trim().max(20_000).refine(isStorableText).default("");

export const deskInput = z.strictObject({ pipelineId: identifier, runId: identifier.optional() });
export const setOpenInput = z.strictObject({ pipelineId: identifier, fields: openFields });
export const tryInput = z.strictObject({
  pipelineId: identifier,
  /** None: as it is now. */
  changes,
  inputs: z.record(z.string().max(128), z.unknown()),
});
export const createInput = z.strictObject({
  pipelineId: identifier,
  changes,
  note: note.default(""),
  cases: z
    .array(z.strictObject({ wanted, before: identifier.nullable(), after: identifier.nullable() }))
    .max(proposalLimits.cases)
    .default([]),
  /** The run whose answer was wrong: it is rated so, with what it should have said. */
  wrong: z.strictObject({ runId: identifier, correction: wanted }).optional(),
});
export const byIdInput = z.strictObject({ id: identifier });
export const declineInput = z.strictObject({
  id: identifier,
  reason: note.refine((text) => text !== "", "Say why."),
});
export const listInput = pageInput.extend({
  state: z.enum(proposalStates).optional(),
  pipelineId: identifier.optional(),
});
