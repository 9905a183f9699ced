import { readFigures, type StepFigures } from "@/server/domain/run/figures/run-figures";
import { addTo, mergeInto, readSketch, type Sketch, writeSketch } from "./sketch";

/** What runs, or times that a step ran, came to together. All of it adds up, so that any stretch of time is the sum of its parts. */
export interface Measures {
  runs: number;
  failures: number;
  aborted: number;
  /** Ended without a failure and without a result. */
  empty: number;
  /** In which a person was asked. */
  asked: number;
  /** Model calls, and those that a cache answered. */
  calls: number;
  cachedCalls: number;
  inputTokens: number;
  outputTokens: number;
  /** Runs of whose tokens some are not known. */
  uncounted: number;
  /** Millionths of a US dollar, as far as it is known, and runs of which some is not. */
  costMicroUsd: number;
  uncosted: number;
  /** Milliseconds from beginning to end, and to the first words of the answer. */
  duration: Sketch;
  firstToken: Sketch;
  /** Failures by code. */
  readonly errors: Map<string, number>;
}

/** Codes that are told apart in one stretch of time; there are fewer of them today. */
const mostCodes = 60;
export const otherCode = "other";

export const noMeasures = (): Measures => ({
  runs: 0,
  failures: 0,
  aborted: 0,
  empty: 0,
  asked: 0,
  calls: 0,
  cachedCalls: 0,
  inputTokens: 0,
  outputTokens: 0,
  uncounted: 0,
  costMicroUsd: 0,
  uncosted: 0,
  duration: new Map(),
  firstToken: new Map(),
  errors: new Map(),
});

const sums = [
  "runs",
  "failures",
  "aborted",
  "empty",
  "asked",
  "calls",
  "cachedCalls",
  "inputTokens",
  "outputTokens",
  "uncounted",
  "costMicroUsd",
  "uncosted",
] as const;

const addError = (errors: Map<string, number>, code: string, times: number): void => {
  const kept = errors.has(code) || errors.size < mostCodes ? code : otherCode;
  errors.set(kept, (errors.get(kept) ?? 0) + times);
};

/** Adds the second to the first. */
export const addMeasures = (measures: Measures, other: Measures): void => {
  for (const name of sums) measures[name] += other[name];
  mergeInto(measures.duration, other.duration);
  mergeInto(measures.firstToken, other.firstToken);
  for (const [code, times] of other.errors) addError(measures.errors, code, times);
};

/** A run that has ended, as its row says it. */
export interface EndedRun {
  readonly id: string;
  readonly revisionId: string;
  readonly apiKeyId: string | null;
  readonly status: string;
  readonly durationMs: number | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly uncountedCalls: number;
  /** A decimal number; null where a price was unknown. */
  readonly costMicroUsd: string | null;
  readonly errorCode: string | null;
  readonly figures: string | null;
}

/** Measures by what runs share, then by which of it. */
export type Parts = Map<string, Map<string, Measures>>;

/** Versions, keys or steps that are told apart in one stretch of time; the rest is under `others`. */
export const mostOf = 200;
export const others = "*";

export const partOf = (parts: Parts, by: string, of: string): Measures => {
  const known = parts.get(by) ?? new Map<string, Measures>();
  parts.set(by, known);
  const name = known.has(of) || known.size < mostOf ? of : others;
  const measures = known.get(name) ?? noMeasures();
  known.set(name, measures);
  return measures;
};

/** Adds one run to all that it is a part of. */
export const addRun = (parts: Parts, run: EndedRun): void => {
  const figures = run.figures === null ? null : readFigures(run.figures);
  const targets = [
    partOf(parts, "all", ""),
    partOf(parts, "version", run.revisionId),
    partOf(parts, "key", run.apiKeyId ?? ""),
  ];
  for (const measures of targets) {
    measures.runs += 1;
    if (run.status === "failure") {
      measures.failures += 1;
      addError(measures.errors, run.errorCode ?? "internal", 1);
    }
    if (run.status === "aborted") measures.aborted += 1;
    if (run.status === "empty") measures.empty += 1;
    measures.inputTokens += run.inputTokens;
    measures.outputTokens += run.outputTokens;
    if (run.uncountedCalls > 0) measures.uncounted += 1;
    // A price that is not known is not nothing: the part that is known is counted, and that there is more is said.
    measures.costMicroUsd += run.costMicroUsd === null ? (figures?.knownCostMicroUsd ?? 0) : Number(run.costMicroUsd);
    if (run.costMicroUsd === null) measures.uncosted += 1;
    if (run.durationMs !== null) addTo(measures.duration, run.durationMs);
    if (figures === null) continue;
    if (figures.asked) measures.asked += 1;
    measures.calls += figures.calls;
    measures.cachedCalls += figures.cachedCalls;
    if (figures.firstTokenMs !== null) addTo(measures.firstToken, figures.firstTokenMs);
  }
  for (const step of figures?.steps ?? []) addStep(partOf(parts, "step", step.id), step);
};

const addStep = (measures: Measures, step: StepFigures): void => {
  measures.runs += 1;
  if (step.errorCode !== null) {
    measures.failures += 1;
    addError(measures.errors, step.errorCode, 1);
  }
  measures.calls += step.calls;
  measures.cachedCalls += step.cachedCalls;
  measures.inputTokens += step.inputTokens;
  measures.outputTokens += step.outputTokens;
  if (step.isUncounted) measures.uncounted += 1;
  measures.costMicroUsd += step.costMicroUsd;
  if (!step.isCostKnown) measures.uncosted += 1;
  addTo(measures.duration, step.ms);
  if (step.firstTokenMs !== null) addTo(measures.firstToken, step.firstTokenMs);
};

export const writeMeasures = ({ duration, firstToken, errors, ...rest }: Measures): string =>
  JSON.stringify([
    sums.map((name) => rest[name]),
    writeSketch(duration),
    writeSketch(firstToken),
    ...(errors.size > 0 ? [Object.fromEntries(errors)] : []),
  ]);

export const readMeasures = (text: string): Measures => {
  const [values, duration, firstToken, errors = {}] = JSON.parse(text) as [
    number[],
    string,
    string,
    Record<string, number>?,
  ];
  const measures = noMeasures();
  sums.forEach((name, place) => {
    measures[name] = values[place] ?? 0;
  });
  measures.duration = readSketch(duration);
  measures.firstToken = readSketch(firstToken);
  for (const [code, times] of Object.entries(errors)) measures.errors.set(code, times);
  return measures;
};
