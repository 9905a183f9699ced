import { z } from "zod";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { promptContent, promptKinds, promptLimits } from "./prompt-content";
import { promptFolder, promptSlug } from "./prompt-name";

/** Prompts of one file. */
export const mostInFile = 1_000;

const told = {
  name: z.string().trim().min(1).max(promptLimits.nameLength),
  kind: z.enum(promptKinds),
  folder: promptFolder.default(""),
  taskType: z.string().trim().max(promptLimits.taskTypeLength).default(""),
  tags: z.array(z.string().trim().min(1).max(promptLimits.tagLength)).max(promptLimits.tags).default([]),
  notes: z.string().max(promptLimits.notesLength).default(""),
} as const;

/** A prompt as a file says it: what it is called, and the words of one version. */
export const filedPrompt = z.strictObject({ slug: promptSlug, ...told, content: promptContent });
export type FiledPrompt = z.output<typeof filedPrompt>;

const written = z.strictObject({ ...told, content: z.unknown() });
const file = z.strictObject({
  format: z.literal("pipewright/prompts"),
  version: z.literal(1),
  prompts: z.record(z.string(), z.unknown()),
});

const isEmpty = (value: unknown): boolean =>
  value === "" ||
  value === null ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === "object" && value !== null && Object.keys(value).length === 0);

const withoutEmpty = <Value extends object>(value: Value): Partial<Value> =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => !isEmpty(each))) as Partial<Value>;

/** What a file holds: by short name in the order of the alphabet, without what is empty, so that two exports differ in the lines that differ. */
export const toPromptFile = (prompts: readonly FiledPrompt[]) => ({
  format: "pipewright/prompts",
  version: 1,
  prompts: Object.fromEntries(
    prompts
      .toSorted((one, other) => (one.slug < other.slug ? -1 : one.slug > other.slug ? 1 : 0))
      .map(({ slug, name, kind, folder, taskType, tags, notes, content }) => {
        const { system, user, examples, variables, schema, settings } = content;
        const words = withoutEmpty({
          system,
          user,
          examples,
          variables: variables.map(withoutEmpty),
          schema,
          settings,
        });
        return [slug, { name, kind, ...withoutEmpty({ folder, taskType, tags, notes }), content: words }];
      }),
  ),
});

/** A file as it was parsed. Fails with an English reason and its place. */
export const fromPromptFile = (value: unknown): Result<readonly FiledPrompt[], string> => {
  const read = file.safeParse(value);
  if (!read.success)
    return fail("It is no file of prompts: it must begin with `format: pipewright/prompts`, `version: 1`.");
  const entries = Object.entries(read.data.prompts);
  if (entries.length === 0) return fail("There is no prompt in it.");
  if (entries.length > mostInFile)
    return fail(`It holds ${entries.length} prompts; at most ${mostInFile} are read at once.`);
  const prompts: FiledPrompt[] = [];
  for (const [slug, entry] of entries) {
    const one = written.safeParse(entry);
    const whole = one.success ? filedPrompt.safeParse({ slug, ...one.data, content: one.data.content ?? {} }) : one;
    if (!whole.success) {
      const [issue] = whole.error.issues;
      return fail(`prompts.${[slug, ...(issue?.path ?? [])].join(".")}: ${issue?.message ?? "cannot be read"}`);
    }
    prompts.push(whole.data as FiledPrompt);
  }
  return ok(prompts);
};
