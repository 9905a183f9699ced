import type { ScorerSpec } from "../contract/experiment-spec";
import type { AnyScorer } from "../contract/scorer";
import { findScorer } from "./catalog";
import { metricsOf } from "./metrics-of";

export interface ScorerProblem {
  /** Dotted path within the draft, e.g. `scorers.0.config.pattern`, or `primary`. */
  readonly at: string;
  /** English sentence. */
  readonly message: string;
}

export interface ReadyScorer {
  readonly spec: ScorerSpec;
  readonly scorer: AnyScorer;
  /** Parsed: defaults filled in. */
  readonly config: Record<string, unknown>;
  /** Output that is scored and expected column it is compared with; undefined where the scorer looks at neither. */
  readonly output: string | undefined;
  readonly expected: string | undefined;
}

interface Surroundings {
  /** Names of the outputs that every variant has. */
  readonly outputs: readonly string[];
  /** Names of the dataset's expected columns. */
  readonly expected: readonly string[];
}

const choose = (
  kind: "output" | "expected value",
  given: string | undefined,
  names: readonly string[],
  needed: boolean,
): { readonly name: string | undefined; readonly problem: string | null } => {
  if (given !== undefined)
    return names.includes(given)
      ? { name: given, problem: null }
      : { name: undefined, problem: `There is no ${kind} called "${given}".` };
  if (names.length === 1 || (names.length > 0 && !needed)) return { name: names[0], problem: null };
  if (!needed) return { name: undefined, problem: null };
  const problem =
    names.length === 0 ? `It needs an ${kind}, and there is none.` : `Choose the ${kind}: ${names.join(", ")}.`;
  return { name: undefined, problem };
};

/** The scorers of a spec with their settings read, or what is wrong with them; a problem in one leaves the others readable. */
export const checkScorers = (
  { scorers, primary }: { readonly scorers: readonly ScorerSpec[]; readonly primary: string },
  { outputs, expected }: Surroundings,
): { readonly ready: readonly ReadyScorer[]; readonly problems: readonly ScorerProblem[] } => {
  const problems: ScorerProblem[] = [];
  const ready = scorers.flatMap((spec, index): ReadyScorer[] => {
    const at = `scorers.${index}`;
    const scorer = findScorer(spec.type);
    if (scorer === undefined) {
      problems.push({ at: `${at}.type`, message: `There is no scorer "${spec.type}".` });
      return [];
    }
    const config = scorer.config.safeParse(spec.config);
    if (!config.success) {
      for (const issue of config.error.issues.slice(0, 10))
        problems.push({ at: [at, "config", ...issue.path].join("."), message: issue.message });
      return [];
    }
    const scored = choose("output", spec.output, outputs, scorer.needs.output);
    const compared = choose("expected value", spec.expected, expected, scorer.needs.expected);
    if (scored.problem !== null) problems.push({ at: `${at}.output`, message: scored.problem });
    if (compared.problem !== null) problems.push({ at: `${at}.expected`, message: compared.problem });
    return [{ spec, scorer, config: config.data, output: scored.name, expected: compared.name }];
  });
  const known = ready.flatMap(({ spec, scorer }) => metricsOf(scorer).map(({ key }) => `${spec.id}.${key}`));
  if (ready.length === scorers.length && !known.includes(primary))
    problems.push({ at: "primary", message: `There is no metric "${primary}". Known: ${known.join(", ")}.` });
  return { ready, problems };
};
