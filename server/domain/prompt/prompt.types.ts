import { z } from "zod";
import { promptContent, promptKinds, promptLimits } from "@/nodes/lib/prompt/prompt-content";
import { promptFolder, promptLabel, promptSlug } from "@/nodes/lib/prompt/prompt-name";
import { identifier } from "@/server/platform/guard/identifier";
import { pageInput } from "@/server/platform/guard/page-of";
import { isStorable, isStorableText, lineOfText } from "@/server/platform/guard/storable";

const number = z.int().min(1).max(2_147_483_647);
const name = lineOfText(promptLimits.nameLength);
const taskType = z
  .string()
  .trim()
  .max(promptLimits.taskTypeLength)
  .refine((text) => isStorableText(text) && !/\p{Cc}/u.test(text), "Control characters are not allowed.");
const tags = z
  .array(lineOfText(promptLimits.tagLength))
  .max(promptLimits.tags)
  .transform((each) => [...new Set(each)]);
const notes = z.string().max(promptLimits.notesLength).refine(isStorableText);
export const versionNote = z.string().trim().max(promptLimits.noteLength).refine(isStorableText).default("");
const content = promptContent.refine(
  isStorable,
  "A text holds a NUL character or half of a character pair. Remove it, for example by retyping the text.",
);

export const byIdInput = z.strictObject({ id: identifier });
export const byVersionInput = z.strictObject({ id: identifier, number });
export const listInput = pageInput.extend({
  /** Prompts in this folder and those below it; left out: everywhere. */
  folder: promptFolder.optional(),
  tag: z.string().max(promptLimits.tagLength).optional(),
  kinds: z.array(z.enum(promptKinds)).min(1).max(promptKinds.length).optional(),
});
export const createInput = z.strictObject({
  name,
  /** Left out: made from the name. */
  slug: promptSlug.optional(),
  kind: z.enum(promptKinds),
  folder: promptFolder.default(""),
  taskType: taskType.default(""),
  tags: tags.default([]),
  notes: notes.default(""),
  content,
  note: versionNote,
});
export type CreateInput = z.output<typeof createInput>;
export const updateInput = z.strictObject({
  id: identifier,
  name: name.optional(),
  folder: promptFolder.optional(),
  taskType: taskType.optional(),
  tags: tags.optional(),
  notes: notes.optional(),
});
export const saveVersionInput = z.strictObject({
  id: identifier,
  /** The version that it was made from, and one that was merged into it. */
  parent: number,
  merged: number.optional(),
  /** The newest version that the person saw: where there is a newer one, they are told before they branch off. */
  newest: number,
  content,
  note: versionNote,
});
export const versionsInput = z.strictObject({ id: identifier, before: number.optional() });
export const moveLabelInput = z.strictObject({
  id: identifier,
  name: promptLabel,
  /** null takes the label away. */
  number: number.nullable(),
  /** Where the person saw it; null where there was none. */
  from: number.nullable(),
});
/** What moving a label to a version would touch. */
export const planMoveInput = z.strictObject({ id: identifier, name: promptLabel, number });
export const protectLabelInput = z.strictObject({ id: identifier, name: promptLabel, protected: z.boolean() });
/** By id or slug, with what is meant by `@`: a version or a label. */
export const resolveInput = z.strictObject({ id: identifier, at: z.string().min(1).max(36) });
