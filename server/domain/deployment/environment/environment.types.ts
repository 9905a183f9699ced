import { z } from "zod";
import { identifier } from "@/server/platform/guard/identifier";

export const environmentLimits = { variables: 50, valueCharacters: 4_000, bindings: 50, ofWorkspace: 20 } as const;

/** Those that every workspace has, in the order of a version's way; `production` is what steps and experiments mean by "live". */
export const usualEnvironments = ["development", "staging", "production"] as const;

export const environmentName = z
  .string()
  .min(2)
  .max(32)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Use small letters, digits and single hyphens, such as eu-production.");

/** Where a gate is not asked: what goes there reaches no user. */
export const isGuarded = (environment: string): boolean => environment !== "development" && environment !== "staging";

const reference = z
  .string()
  .min(1)
  .max(300)
  .regex(/^(default|[^\s/]+\/\S+)$/, "Name a model as endpoint/model, or default.");

const few = (most: number) => (record: object) => Object.keys(record).length <= most;

export const variables = z
  .record(
    z.string().min(1).max(128),
    z.union([z.string().max(environmentLimits.valueCharacters), z.number(), z.boolean()]),
  )
  .refine(few(environmentLimits.variables), `At most ${environmentLimits.variables} variables.`)
  .refine((given) => !Object.hasOwn(given, "__proto__"), "This is no name of an input.");
export type Variables = z.output<typeof variables>;

export const bindings = z
  .record(reference, reference)
  .refine(few(environmentLimits.bindings), `At most ${environmentLimits.bindings} bindings.`);

export const setEnvironmentInput = z.strictObject({ name: environmentName, variables, bindings });
export const promoteInput = z.strictObject({
  /** The deployment whose live version goes on. */
  id: identifier,
  environment: environmentName,
  /** Where there is none yet in that environment: its address. */
  slug: z
    .string()
    .min(3)
    .max(63)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .optional(),
  /** What the person saw: the version that goes on, and what is live there; null where nothing is. */
  revisionId: identifier,
  liveId: identifier.nullable(),
  note: z.string().trim().max(500).default(""),
  confirmsBreaking: z.boolean().default(false),
});
export const comparePromotionInput = z.strictObject({ id: identifier, environment: environmentName });
export const closureInput = z.strictObject({ id: identifier, revisionId: identifier });

export interface EnvironmentView {
  readonly name: string;
  readonly variables: Variables;
  readonly bindings: Readonly<Record<string, string>>;
  /** Live deployments in it, paused ones too. */
  readonly deployments: number;
}

/** Something outside a version that its steps use. */
export interface ClosurePart {
  readonly kind: "pipeline" | "prompt" | "knowledge-base" | "tuned-model" | "tool";
  readonly name: string;
  /** The version that was pinned; null where the latest is used, whatever that is when a run comes. */
  readonly pinned: string | null;
}
