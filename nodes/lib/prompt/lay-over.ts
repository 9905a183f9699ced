import { fail, ok, type Result } from "@/runtime/graph/result";
import { templateVariables } from "../template";
import type { ComposedPrompt } from "./compose-prompt";
import type { HeldPrompt, PromptHolder } from "./held-prompt";
import { type PromptContent, type PromptKind, withVariables } from "./prompt-content";

/** A version with the prompts that it includes in their places, as a step takes it over. */
export interface WholeVersion {
  readonly promptId: string;
  readonly slug: string;
  readonly kind: PromptKind;
  readonly number: number;
  readonly hash: string;
  /** The label that it was found by; empty where its number was named. */
  readonly label: string;
  readonly content: PromptContent;
  readonly composed: ComposedPrompt;
}

/** Every variable that is to be filled in, those of the prompts that it includes too; of these, what is not described is a text, or JSON where the text reaches into it. */
export const wholeVariables = ({ content, composed }: WholeVersion): PromptContent["variables"] =>
  withVariables({ ...content, system: composed.system, user: composed.user }).variables;

type Config = Readonly<Record<string, unknown>>;

/**
 * A step's settings with a version's content in their places, and with what names it under `field`. A chat prompt brings its instructions and examples, also where they are empty; a schema and
 * settings of the model only where it has them. Fails where the step cannot take such a prompt, with an English reason.
 */
export const layOver = (
  config: Config,
  field: string,
  { kinds, into, settings, fills }: PromptHolder,
  version: WholeVersion,
): Result<Config, string> => {
  const { promptId, slug, kind, number, hash, label, content, composed } = version;
  if (!kinds.includes(kind)) return fail(`The step takes no prompt of the kind ${kind}.`);
  const [variable] = fills ? [] : templateVariables(composed.system, composed.user);
  if (variable !== undefined) return fail(`The step has no inputs for its text, which asks for {{${variable.name}}}.`);
  const parts: [string | undefined, unknown][] = [
    [into.user, composed.user],
    ...(kind === "chat"
      ? ([
          [into.system, composed.system],
          [into.examples, content.examples],
        ] as [string | undefined, unknown][])
      : []),
    ...(content.schema === null ? [] : ([[into.schema, content.schema]] as [string | undefined, unknown][])),
    ...settings.flatMap((name): [string, unknown][] =>
      content.settings[name] === undefined ? [] : [[name, content.settings[name]]],
    ),
  ];
  const named = parts.filter((part): part is [string, unknown] => part[0] !== undefined);
  const held: HeldPrompt = {
    reference: promptId,
    slug,
    label,
    version: number,
    hash,
    includes: composed.includes.map((each) => ({ reference: each.promptId, slug: each.slug, version: each.number })),
    fields: named.map(([name]) => name),
  };
  return ok({ ...config, ...Object.fromEntries(named), [field]: held });
};

/** What a step's own words are as the content of a new prompt, and of which kind; settings of the model that the step names come along. */
export const contentOf = (
  config: Config,
  { kinds, into, settings }: PromptHolder,
): { readonly kind: PromptKind; readonly content: unknown } => {
  const kind = kinds[0] ?? "text";
  const named = kind === "chat" ? (["system", "user", "examples", "schema"] as const) : (["user"] as const);
  const parts = named.flatMap((part) => {
    const name = into[part];
    return name === undefined || config[name] === undefined ? [] : [[part, config[name]]];
  });
  const set = settings.filter((name) => name !== "model" && config[name] !== undefined);
  return {
    kind,
    content: {
      ...Object.fromEntries(parts),
      settings: Object.fromEntries(set.map((name) => [name, config[name]])),
    },
  };
};
