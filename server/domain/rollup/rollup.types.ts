import { z } from "zod";
import { identifier } from "@/server/platform/guard/identifier";
import type { SourceKind } from "@/server/platform/route/source";

export const rollupLimits = {
  /** Stretches of time of one question. */
  stretches: 400,
  /** Days from the first edge to the last, and back to the period before. */
  days: 800,
  latencyBudgetMs: 3_600_000,
  /** Versions, keys, steps and deployments that are named; the figures of all are counted. */
  named: 50,
} as const;

const moment = z.iso.datetime().transform((text) => Date.parse(text));

/**
 * Edges of the reader's days or hours, rising, and where the period before begins. They are the reader's, because only the reader knows where a day begins and how
 * long it is.
 */
const period = z
  .strictObject({
    edges: z
      .array(moment)
      .min(2)
      .max(rollupLimits.stretches + 1),
    before: moment,
  })
  .refine(({ edges }) => edges.every((edge, place) => place === 0 || edge > (edges[place - 1] as number)), {
    message: "Edges have to rise.",
  })
  .refine(({ edges, before }) => before < (edges[0] as number), {
    message: "The period before ends where this one begins.",
  })
  .refine(({ edges, before }) => (edges.at(-1) as number) - before <= rollupLimits.days * 86_400_000, {
    message: `Ask for ${rollupLimits.days} days at most, the period before included.`,
  });

export const ofDeploymentInput = z.strictObject({ id: identifier, period });
export const ofWorkspaceInput = z.strictObject({ period });
export const setLatencyBudgetInput = z.strictObject({
  id: identifier,
  /** null: none. */
  milliseconds: z.int().min(1).max(rollupLimits.latencyBudgetMs).nullable(),
});

/** What runs came to. Latency is milliseconds, to `sketchError`; null where there is none. */
export interface Figures {
  readonly runs: number;
  readonly failures: number;
  readonly aborted: number;
  readonly empty: number;
  /** Runs in which a person was asked. */
  readonly asked: number;
  /** Model calls, and those that a cache answered. */
  readonly calls: number;
  readonly cachedCalls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Runs of whose tokens, and of whose cost, some are not known: the sums are then "at least" so much. */
  readonly uncounted: number;
  readonly uncosted: number;
  /** Millionths of a US dollar. */
  readonly costMicroUsd: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly mean: number | null;
  /** To the first words of the answer, of runs that stream one. */
  readonly firstTokenP50: number | null;
  readonly firstTokenP95: number | null;
}

export interface PeriodFigures {
  readonly total: Figures;
  readonly before: Figures;
  readonly stretches: readonly (Figures & { readonly at: Date })[];
  /** Failures by code, most first, and how many there were in the period before. */
  readonly errors: readonly { readonly code: string; readonly runs: number; readonly before: number }[];
  /** Runs that began before this moment are counted; later ones only from `alsoSince` on. Where that is later, a long past is still being added up. */
  readonly countedUntil: Date;
  readonly alsoSince: Date;
}

export interface DeploymentFigures extends PeriodFigures {
  readonly latencyBudgetMs: number | null;
  /** Runs that took longer than the budget; null without one. */
  readonly overBudget: number | null;
  /** null for what is not named: more than can be told apart. A number or a name is null where the version or key is gone. */
  readonly versions: readonly (Figures & { readonly id: string | null; readonly number: number | null })[];
  readonly keys: readonly (Figures & {
    readonly id: string | null;
    readonly name: string | null;
    readonly prefix: string | null;
    /** Where runs were started by no key but by the app itself. */
    readonly source: SourceKind | null;
  })[];
  /** In the order of the time they take; `type` is null for one that the live version has not. */
  readonly steps: readonly (Figures & {
    readonly id: string | null;
    readonly label: string | null;
    readonly type: string | null;
  })[];
}

export interface WorkspaceFigures extends PeriodFigures {
  /** Most runs first; the slug is null where the deployment is gone. */
  readonly deployments: readonly {
    readonly id: string;
    readonly slug: string | null;
    readonly pipeline: string | null;
    readonly figures: Figures;
    readonly before: Figures;
  }[];
}
