import type { z } from "zod";
import type {
  ChatRequest,
  EmbedReply,
  EmbedRequest,
  ModerateReply,
  ModerateRequest,
  Usage,
} from "@/runtime/node/context";
import type { Localized } from "@/runtime/node/localized";
import type { ReplyOutcome } from "@/runtime/node/reply/reply-outcome";
import type { MetricDefinition } from "./metric";

type Values = Readonly<Record<string, unknown>>;

/** How a run of the pipeline on one row went, as far as scorers may look at it. */
export interface ScoredRun {
  readonly status: "success" | "failure";
  readonly outputs: Values;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly durationMs: number;
  /** null where an endpoint did not say. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** Millionths of a US dollar; null where a price was unknown. */
  readonly costMicroUsd: number | null;
}

export interface ScoreCall<Config> {
  readonly config: Config;
  readonly row: { readonly inputs: Values; readonly expected: Values; readonly tags: readonly string[] };
  readonly run: ScoredRun;
  /** The output that the experiment chose for this scorer; undefined where the run failed or did not give it. */
  readonly output: unknown;
  /** The expected value that the experiment chose for this scorer; undefined where the row has none. */
  readonly expected: unknown;
}

/** What one scorer says of one cell. */
export interface Score {
  /** By metric key. null: does not apply to this row, which then leaves that metric. Corpus metrics have no value of one row, unless one is of use. */
  readonly values: Readonly<Record<string, number | null>>;
  /** Keys of metrics that this answer should have a value of and has none, because it failed or could not be read: it counts as the worst that was seen. */
  readonly lacking?: readonly string[];
  /** What the corpus metrics need of this row: small, JSON. */
  readonly parts?: unknown;
  /** Why, in a sentence; shown beside the cell. */
  readonly reason?: string;
}

/** The whole outside world of a scorer. Calls are recorded and their cost counts as the evaluation's, not as the variant's. */
export interface ScorerContext {
  readonly signal: AbortSignal;
  /** The whole reply, without the thinking before it. */
  readonly chat: (request: ChatRequest) => Promise<{
    readonly text: string;
    /** How it fell short; null where it is whole. */
    readonly outcome: ReplyOutcome | null;
    readonly usage: Usage | null;
    readonly costMicroUsd: number | null;
  }>;
  readonly embed: (request: EmbedRequest) => Promise<EmbedReply>;
  readonly moderate: (request: ModerateRequest) => Promise<ModerateReply>;
  /** Runs a revision of another pipeline of the workspace and gives its outputs. */
  readonly runPipeline: (pipelineId: string, inputs: Values) => Promise<Values>;
  /** All words of a text in their order, in one form of case and width; Chinese is segmented. Signs are left out, common words are not. */
  readonly words: (text: string) => readonly string[] | Promise<readonly string[]>;
  /** What the work gives, or throws where it takes longer than a tenth of a second: for what a person wrote, which may be of any cost. */
  readonly briefly: <Result>(work: () => Result) => Result;
}

export interface ScorerDefinition<Config extends z.ZodObject = z.ZodObject> {
  /** `<family>/<name>`, the file's path under scorers/. Stored with every experiment: never rename. */
  readonly type: string;
  /** Raised when the same config would give other scores: cells scored by another version are scored again. */
  readonly version: number;
  readonly title: Localized;
  readonly summary: Localized;
  readonly config: Config;
  /** What it cannot do without. A scorer that needs neither looks at the run alone (latency, cost). */
  readonly needs: { readonly output: boolean; readonly expected: boolean };
  /** Calls models or pipelines: slow, costs money, runs under the same caps as the variants. */
  readonly asksModel: boolean;
  /** A model's judgement: it counts for the verdict only after its agreement with human labels was shown and accepted. */
  readonly judge: boolean;
  /** Its scores are given by people on the review page: the job never calls it. */
  readonly asksPerson?: boolean;
  readonly metrics: readonly MetricDefinition[];
  /** Throws only where the world failed (a model that does not answer). A bad output is a bad score, never a throw. */
  score(call: ScoreCall<z.output<Config>>, context: ScorerContext): Score | Promise<Score>;
}

export const defineScorer = <Config extends z.ZodObject>(
  definition: ScorerDefinition<Config>,
): ScorerDefinition<Config> => definition;

/** What a pairwise scorer says of two answers to one row. */
export interface Preference {
  /** -1: the first is better, 1: the second is better, 0: no difference. Between them where repeats disagree. null: could not be judged. */
  readonly value: number | null;
  /** How far what stood first was preferred, 1 always, -1 never; null: not asked with sides. */
  readonly side?: number | null;
  readonly reason?: string;
}

export interface PairCall<Config> {
  readonly config: Config;
  readonly row: ScoreCall<Config>["row"];
  readonly first: { readonly run: ScoredRun; readonly output: unknown };
  readonly second: { readonly run: ScoredRun; readonly output: unknown };
  readonly expected: unknown;
}

/** Compares the answers of a variant and the baseline to one row. It has one metric, `preference`, from the view of the variant (1: variant won). */
export interface PairScorerDefinition<Config extends z.ZodObject = z.ZodObject>
  extends Omit<ScorerDefinition<Config>, "score" | "metrics"> {
  prefer(call: PairCall<z.output<Config>>, context: ScorerContext): Preference | Promise<Preference>;
}

export const definePairScorer = <Config extends z.ZodObject>(
  definition: PairScorerDefinition<Config>,
): PairScorerDefinition<Config> => definition;

/** The one metric of every scorer that compares two answers. */
export const preferenceMetric: MetricDefinition = {
  key: "preference",
  title: { en: "Preferred over the baseline", zh: "优于基线" },
  scale: "number",
  better: "higher",
};

export type AnyScorer = ScorerDefinition | PairScorerDefinition;

export const isPairScorer = (scorer: AnyScorer): scorer is PairScorerDefinition => "prefer" in scorer;
