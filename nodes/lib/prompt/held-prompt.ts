import { z } from "zod";
import type { NodeContext } from "@/runtime/node/context";
import { field } from "@/runtime/node/field";
import type { Localized } from "@/runtime/node/localized";
import type { ContentField, PromptContent, PromptKind } from "./prompt-content";
import { promptLimits } from "./prompt-content";

/**
 * Which prompt of the library a step holds. `reference` is its id, empty where the step has words of its own. With a `label` it takes the version that the label points at, each time the
 * pipeline is run or published; without one it stays with `version`. Slug, version, hash and what it includes say which words stand in the step's settings.
 */
export const heldPrompt = z.object({
  reference: z.string().max(64).default(""),
  slug: z.string().max(promptLimits.slugLength).default(""),
  label: z.string().max(36).default(""),
  version: z.int().min(0).default(0),
  hash: z.string().max(64).default(""),
  includes: z
    .array(z.object({ reference: z.string().max(64), slug: z.string().max(promptLimits.slugLength), version: z.int() }))
    .max(promptLimits.includes)
    .default([]),
  /** Names of the step's settings that have their words from it. */
  fields: z.array(z.string().max(64)).max(20).default([]),
});
export type HeldPrompt = z.output<typeof heldPrompt>;

export const noPrompt: HeldPrompt = heldPrompt.parse({});

/** Where in a step's settings a prompt's content goes. */
export interface PromptHolder {
  readonly kinds: readonly PromptKind[];
  /** Name of the setting by field of the content; what is not named is not taken over. */
  readonly into: Partial<Record<Exclude<ContentField, "variables" | "settings">, string>>;
  /** Settings of the model that are taken over where the prompt sets them; they have the same names. */
  readonly settings: readonly (keyof PromptContent["settings"])[];
  /** Whether the text may hold `{{variables}}`. */
  readonly fills: boolean;
}

const help: Localized = {
  en: "A prompt of the library, by a label or a version. Its words take the place of this step's own; write your own words again with “Detach”.",
  zh: "提示词库中的提示词，按标签或版本取用。其内容取代此步骤自己的文本；点击“脱离”可重新自行编写。",
};

/** The setting by which a step holds a prompt of the library. */
export const libraryPrompt = (holder: PromptHolder) =>
  heldPrompt
    .default(noPrompt)
    .meta(field({ title: { en: "Prompt", zh: "提示词" }, help, control: "prompt", group: "main", holder }));

/** What every step that asks in instructions and a message takes over. */
export const chatHolder: PromptHolder = {
  kinds: ["chat", "text"],
  into: { system: "system", user: "user", examples: "examples", schema: "schema" },
  settings: ["temperature", "maxTokens", "topP", "stop"],
  fills: true,
};

/** Names prompt and version in the record of a run. */
export const noteHeldPrompt = (
  ctx: Pick<NodeContext, "log">,
  { reference, slug, label, version, includes }: HeldPrompt,
) => {
  if (reference === "") return;
  const by = label === "" ? "" : `, by its label ${label}`;
  const others = includes.map((each) => `${each.slug} ${each.version}`).join(", ");
  ctx.log("info", `Prompt ${slug}, version ${version}${by}${others === "" ? "" : `; it includes ${others}`}.`);
};
