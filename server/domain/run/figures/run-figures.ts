import type { RunEvent } from "@/runtime/run/events";
import type { PublicView } from "@/runtime/run/public-events";
import { addCall, noTotals, type Totals } from "@/runtime/run/reduce";

/** Steps that are told of: the longest. */
export const mostSteps = 100;

/** What one step of the outermost frame took, all that ran inside it included. */
export interface StepFigures {
  readonly id: string;
  /** From its first attempt to its end, without the time in which it waited for people. */
  readonly ms: number;
  /** null where it did not fail. */
  readonly errorCode: string | null;
  readonly calls: number;
  readonly cachedCalls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Some of its calls did not say their tokens. */
  readonly isUncounted: boolean;
  /** Millionths of a US dollar: the part of it that is known, and whether that is all. */
  readonly costMicroUsd: number;
  readonly isCostKnown: boolean;
  /** Milliseconds to the first token of its first model call; null where there was none. */
  readonly firstTokenMs: number | null;
}

/** What is kept of a run beside its row, so that statistics need not read its log. */
export interface Figures {
  /** Milliseconds until its caller had the first words of the answer; null where nothing of it was streamed. */
  readonly firstTokenMs: number | null;
  /** Whether a person was asked in it. */
  readonly asked: boolean;
  readonly calls: number;
  /** Answered from a cache. */
  readonly cachedCalls: number;
  /** Millionths of a US dollar: the part of its cost that is known. */
  readonly knownCostMicroUsd: number;
  /** Those that took a millisecond, asked a model or failed. */
  readonly steps: readonly StepFigures[];
}

interface Step {
  /** When the present attempt began; null while nobody runs it. */
  since: number | null;
  ms: number;
  errorCode: string | null;
  cachedCalls: number;
  firstTokenMs: number | null;
  totals: Totals;
  hasEnded: boolean;
}

/** Frames of containers are no steps of the outermost frame: `map-1#3`. */
const stepOf = (path: readonly string[]): string => {
  const [first = ""] = path;
  const mark = first.indexOf("#");
  return mark < 0 ? first : first.slice(0, mark);
};
const isStep = ([first, inner]: readonly string[]): boolean => inner === undefined && !first?.includes("#");

/** Folds the events of one run as they come. It runs on the way of every call of a published pipeline: what is not needed is not looked at. */
export class RunFigures {
  #begun = 0;
  #firstTokenMs: number | null = null;
  #asked = false;
  #cachedCalls = 0;
  #totals: Totals = noTotals;
  readonly #steps = new Map<string, Step>();

  /** `view`: what its caller sees of it; null where that is not known. */
  constructor(private readonly view: PublicView | null) {}

  /** Milliseconds until its caller had the first words; null where nothing of the answer was streamed so far. */
  get firstTokenMs(): number | null {
    return this.#firstTokenMs;
  }

  note(event: RunEvent): void {
    switch (event.type) {
      case "run-start":
        this.#begun = Date.parse(event.at);
        return;
      case "node-start":
        if (isStep(event.path)) this.#step(event.path[0] as string).since ??= Date.parse(event.at);
        return;
      case "node-delta":
        if (this.#firstTokenMs === null && this.#isShown(event.path, event.port))
          this.#firstTokenMs = Math.max(0, Date.parse(event.at) - this.#begun);
        return;
      case "model-call": {
        const step = this.#step(stepOf(event.path));
        this.#totals = addCall(this.#totals, event);
        step.totals = addCall(step.totals, event);
        step.firstTokenMs ??= event.firstTokenMs;
        if (!event.cached) return;
        this.#cachedCalls += 1;
        step.cachedCalls += 1;
        return;
      }
      case "node-paused":
        this.#asked = true;
        if (isStep(event.path)) this.#stop(this.#step(event.path[0] as string), event.at);
        return;
      case "node-end": {
        if (!isStep(event.path) || event.outcome === "skipped") return;
        const step = this.#step(event.path[0] as string);
        this.#stop(step, event.at);
        step.hasEnded = true;
        step.errorCode = event.outcome === "failure" ? event.error.code : null;
        return;
      }
      default:
    }
  }

  #step(id: string): Step {
    const known = this.#steps.get(id);
    if (known !== undefined) return known;
    const fresh: Step = {
      since: null,
      ms: 0,
      errorCode: null,
      cachedCalls: 0,
      firstTokenMs: null,
      totals: noTotals,
      hasEnded: false,
    };
    this.#steps.set(id, fresh);
    return fresh;
  }

  #stop(step: Step, at: string): void {
    if (step.since !== null) step.ms += Math.max(0, Date.parse(at) - step.since);
    step.since = null;
  }

  #isShown(path: readonly string[], port: string): boolean {
    return path.length === 1 && this.view?.sources.get(path[0] as string)?.has(port) === true;
  }

  write(): string {
    const steps = [...this.#steps]
      .filter(([, { hasEnded, ms, totals, errorCode }]) => hasEnded && (ms > 0 || totals.modelCalls > 0 || errorCode))
      .sort(([, one], [, other]) => other.ms - one.ms)
      .slice(0, mostSteps)
      .map(([id, { ms, errorCode, cachedCalls, firstTokenMs, totals }]) => {
        const { modelCalls, inputTokens, outputTokens, knownCostMicroUsd, costMicroUsd, uncountedCalls } = totals;
        if (modelCalls === 0) return errorCode === null ? [id, ms] : [id, ms, errorCode];
        const known = (costMicroUsd === null ? 1 : 0) + (uncountedCalls > 0 ? 2 : 0);
        const cost = Math.round(knownCostMicroUsd);
        return [id, ms, errorCode, modelCalls, cachedCalls, inputTokens, outputTokens, cost, known, firstTokenMs];
      });
    const { modelCalls, knownCostMicroUsd } = this.#totals;
    return JSON.stringify([
      this.#firstTokenMs,
      this.#asked ? 1 : 0,
      modelCalls,
      this.#cachedCalls,
      Math.round(knownCostMicroUsd),
      steps,
    ]);
  }
}

/** Id, milliseconds, and where there is more to say: code, calls, cached, tokens in and out, cost, what is not known (1 of the cost, 2 of the tokens), first token. */
type WrittenStep = [
  string,
  number,
  (string | null)?,
  number?,
  number?,
  number?,
  number?,
  number?,
  number?,
  (number | null)?,
];

/** Reads what `write` wrote. */
export const readFigures = (text: string): Figures => {
  const [firstTokenMs, asked, calls, cachedCalls, knownCostMicroUsd, steps] = JSON.parse(text) as [
    number | null,
    number,
    number,
    number,
    number,
    WrittenStep[],
  ];
  return {
    firstTokenMs,
    asked: asked === 1,
    calls,
    cachedCalls,
    knownCostMicroUsd,
    steps: steps.map(
      ([
        id,
        ms,
        errorCode = null,
        called = 0,
        cached = 0,
        inputTokens = 0,
        outputTokens = 0,
        cost = 0,
        gaps = 0,
        first = null,
      ]) => ({
        id,
        ms,
        errorCode,
        calls: called,
        cachedCalls: cached,
        inputTokens,
        outputTokens,
        isUncounted: gaps >= 2,
        costMicroUsd: cost,
        isCostKnown: gaps % 2 === 0,
        firstTokenMs: first,
      }),
    ),
  };
};
