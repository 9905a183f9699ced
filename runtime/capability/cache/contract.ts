import type { ServiceCall } from "@/runtime/capability/service-call";

export const cacheScopes = ["pipeline", "user", "key"] as const;
/** Whom an answer may be given to: everyone who calls the same address, the same end user, or whoever uses the same API key. */
export type CacheScope = (typeof cacheScopes)[number];

/** A question with all that an answer to it depends on. */
export interface CacheQuestion {
  /** As it was asked. */
  readonly question: string;
  /** Normalised: questions of one form are the same. */
  readonly form: string;
  /** What else comes in. An answer is given where it is equal. */
  readonly others: Readonly<Record<string, unknown>>;
  /** `BodyContent.hash` of the steps that answer. */
  readonly body: string;
  readonly scope: CacheScope;
}

/** An answer that is kept. */
export interface CachedAnswer {
  readonly id: string;
  /** Of the run that gave it. */
  readonly runId: string;
  readonly question: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly ageMs: number;
  /** What the steps took to give it. */
  readonly tookMs: number;
  /** Millionths of a US dollar; null where a price was unknown. */
  readonly costMicroUsd: number | null;
}

/** `claim`: whoever has it answers the question; who asks the same meanwhile waits for that. Kept with `keep` or given up with `release`. */
export type CacheFound =
  | { readonly kind: "hit"; readonly answer: CachedAnswer; readonly waited: boolean }
  | { readonly kind: "none"; readonly claim: string }
  | { readonly kind: "aside"; readonly reason: "no-user" | "measured" };

export interface NearAnswer extends CachedAnswer {
  /** Cosine, -1 to 1. */
  readonly similarity: number;
}

export interface KeptAnswer {
  /** As `find` gave it. */
  readonly claim: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly tookMs: number;
  readonly costMicroUsd: number | null;
  readonly lifetimeMs: number;
  /** Answers and bytes that the step keeps; those used longest ago go first. */
  readonly entries: number;
  readonly bytes: number;
  /** Of the question, where it is found by meaning. */
  readonly vector?: readonly number[];
  readonly model?: string;
}

/** What steps see of the answers that are kept for them. Every member rejects where the store cannot be reached. */
export interface Cache {
  find(question: CacheQuestion): Promise<CacheFound>;
  /** The nearest in meaning, nearest first, of those that were kept by the same model. */
  near(claim: string, vector: readonly number[], model: string): Promise<readonly NearAnswer[]>;
  /** An answer of `near` is given. */
  used(claim: string, answer: string): Promise<void>;
  keep(answer: KeptAnswer): Promise<void>;
  release(claim: string): void;
  /** Counts a question whose answer was not there, or that was not looked for. */
  count(outcome: "miss" | "aside"): Promise<void>;
}

/** `step`: the path of the step without the numbers of frames; `user`: the end user whose conversation the run is a turn of. */
export type CacheCall = Pick<ServiceCall, "signal" | "step" | "user">;

export interface ProvidedCache {
  find(question: CacheQuestion, call: CacheCall): Promise<CacheFound>;
  near(claim: string, vector: readonly number[], model: string, call: CacheCall): Promise<readonly NearAnswer[]>;
  used(claim: string, answer: string, call: CacheCall): Promise<void>;
  keep(answer: KeptAnswer, call: CacheCall): Promise<void>;
  release(claim: string): void;
  count(outcome: "miss" | "aside", call: CacheCall): Promise<void>;
}

/** What examples of steps say of it. */
export interface CacheScript {
  /** Answers that are kept already. */
  readonly cached?: readonly (Pick<CachedAnswer, "question" | "outputs"> &
    Partial<CachedAnswer> & { readonly vector?: readonly number[] })[];
}

export const cache = {
  called: "answers that are kept",
  bind: (provided: ProvidedCache, call: () => CacheCall): Cache => ({
    find: (question) => provided.find(question, call()),
    near: (claim, vector, model) => provided.near(claim, vector, model, call()),
    used: (claim, answer) => provided.used(claim, answer, call()),
    keep: (answer) => provided.keep(answer, call()),
    release: (claim) => provided.release(claim),
    count: (outcome) => provided.count(outcome, call()),
  }),
};
