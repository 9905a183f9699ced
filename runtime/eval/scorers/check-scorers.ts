import type { ScorerSpec } from "../contract/experiment-spec";
import type { AnyScorer } from "../contract/scorer";
import { type SetUpProblem, setUpProblem } from "../contract/set-up-problem";
import { findScorer } from "./catalog";
import { metricsOf } from "./metrics-of";

export interface ScorerProblem extends SetUpProblem {
  /** Dotted path within the draft, e.g. `scorers.0.config.pattern`, or `primary`. */
  readonly at: string;
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
  kind: "output" | "expected",
  given: string | undefined,
  names: readonly string[],
  needed: boolean,
): { readonly name: string | undefined; readonly problem: SetUpProblem | null } => {
  const what = kind === "output" ? "output" : "expected value";
  if (given !== undefined)
    return names.includes(given)
      ? { name: given, problem: null }
      : {
          name: undefined,
          problem: setUpProblem(`${kind}-unknown`, `There is no ${what} called "${given}".`, { name: given }),
        };
  if (names.length === 1 || (names.length > 0 && !needed)) return { name: names[0], problem: null };
  if (!needed) return { name: undefined, problem: null };
  const problem =
    names.length === 0
      ? setUpProblem(`${kind}-missing`, `It needs an ${what}, and there is none.`)
      : setUpProblem(`${kind}-open`, `Choose the ${what}: ${names.join(", ")}.`, { names: names.join(", ") });
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
      const { type } = spec;
      problems.push({ at: `${at}.type`, ...setUpProblem("scorer-unknown", `There is no scorer "${type}".`, { type }) });
      return [];
    }
    const config = scorer.config.safeParse(spec.config);
    if (!config.success) {
      for (const issue of config.error.issues.slice(0, 10))
        problems.push({
          at: [at, "config", ...issue.path].join("."),
          ...setUpProblem("setting-invalid", issue.message, { detail: issue.message }),
        });
      return [];
    }
    const scored = choose("output", spec.output, outputs, scorer.needs.output);
    const compared = choose("expected", spec.expected, expected, scorer.needs.expected);
    if (scored.problem !== null) problems.push({ at: `${at}.output`, ...scored.problem });
    if (compared.problem !== null) problems.push({ at: `${at}.expected`, ...compared.problem });
    return [{ spec, scorer, config: config.data, output: scored.name, expected: compared.name }];
  });
  const known = ready.flatMap(({ spec, scorer }) => metricsOf(scorer).map(({ key }) => `${spec.id}.${key}`));
  if (ready.length === scorers.length && !known.includes(primary))
    problems.push({
      at: "primary",
      ...setUpProblem("metric-unknown", `There is no metric "${primary}". Known: ${known.join(", ")}.`, {
        name: primary,
        known: known.join(", "),
      }),
    });
  return { ready, problems };
};
