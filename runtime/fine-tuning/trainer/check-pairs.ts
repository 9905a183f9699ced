import { normaliseText } from "../normalise-text";

/** A question and its answer, to learn from or held out. */
export interface Pair {
  readonly prompt: string;
  readonly answer: string;
  readonly heldOut: boolean;
}

export const pairFindings = [
  "no-rows",
  "empty-answers",
  "one-answer",
  "contradictions",
  "duplicates",
  "held-out-leaks",
  "evaluation-leaks",
  "personal-data",
  "few-rows",
] as const;
export type PairFindingKind = (typeof pairFindings)[number];

export interface PairFinding {
  readonly kind: PairFindingKind;
  /** `error` stops the job before it begins. */
  readonly severity: "error" | "warning";
  readonly count: number;
  readonly examples: readonly string[];
}

const mostExamples = 3;
/** Below it a prompt with examples does as well; the advisor's least for writing. */
const fewPairs = 200;
const shown = (text: string): string => (text.length > 120 ? `${text.slice(0, 119)}…` : text);

/**
 * What is wrong with pairs before they are trained on. `evaluation`: questions of the workspace's evaluation datasets, normalised. `personal`: places of
 * pairs that hold personal data.
 */
export const checkPairs = (
  pairs: readonly Pair[],
  evaluation: ReadonlySet<string>,
  personal: readonly number[],
): PairFinding[] => {
  const findings: PairFinding[] = [];
  const add = (
    kind: PairFindingKind,
    severity: PairFinding["severity"],
    texts: readonly string[],
    count = texts.length,
  ) => {
    if (count > 0) findings.push({ kind, severity, count, examples: texts.slice(0, mostExamples).map(shown) });
  };
  const learnt = pairs.filter(({ heldOut, answer }) => !heldOut && answer.trim() !== "");
  if (learnt.length === 0) add("no-rows", "error", [], 1);
  const answers = new Set(learnt.map(({ answer }) => normaliseText(answer)));
  if (learnt.length > 1 && answers.size === 1) add("one-answer", "error", [learnt[0]?.answer ?? ""]);
  add(
    "empty-answers",
    "warning",
    pairs.flatMap(({ prompt, answer }) => (answer.trim() === "" ? [prompt] : [])),
  );
  const groups = new Map<string, Pair[]>();
  for (const pair of pairs) {
    const key = normaliseText(pair.prompt);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [pair]);
    else group.push(pair);
  }
  const repeated = [...groups.values()].filter((group) => group.length > 1);
  const differs = (group: readonly Pair[]) => new Set(group.map(({ answer }) => normaliseText(answer))).size > 1;
  const first = (group: readonly Pair[]) => group[0]?.prompt ?? "";
  add("contradictions", "warning", repeated.filter(differs).map(first));
  const same = repeated.filter((group) => !differs(group));
  add(
    "duplicates",
    "warning",
    same.map(first),
    same.reduce((sum, group) => sum + group.length - 1, 0),
  );
  add(
    "held-out-leaks",
    "warning",
    repeated
      .filter((group) => group.some(({ heldOut }) => heldOut) && group.some(({ heldOut }) => !heldOut))
      .map(first),
  );
  add(
    "evaluation-leaks",
    "warning",
    learnt.flatMap(({ prompt }) => (evaluation.has(normaliseText(prompt)) ? [prompt] : [])),
  );
  add(
    "personal-data",
    "warning",
    personal.map((place) => pairs[place]?.prompt ?? ""),
  );
  if (learnt.length > 0 && learnt.length < fewPairs) add("few-rows", "warning", [], learnt.length);
  return findings.sort((left, right) => Number(right.severity === "error") - Number(left.severity === "error"));
};
