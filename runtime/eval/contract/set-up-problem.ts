/** What can be wrong with an experiment's or a gate's set-up, in words that the interface translates. */
export type SetUpProblemCode =
  | "column-unknown"
  | "input-unfed"
  | "nothing-live"
  | "version-unknown"
  | "cannot-run"
  | "no-rows"
  | "too-many-cells"
  | "drop-few"
  | "drop-unfit"
  | "scorer-unknown"
  | "scorer-waits"
  | "setting-invalid"
  | "output-unknown"
  | "output-missing"
  | "output-open"
  | "expected-unknown"
  | "expected-missing"
  | "expected-open"
  | "metric-unknown";

export interface SetUpProblem {
  readonly code: SetUpProblemCode;
  /** What the translated sentence names. */
  readonly parameters: Readonly<Record<string, string | number>>;
  /** English sentence. */
  readonly message: string;
}

export const setUpProblem = (
  code: SetUpProblemCode,
  message: string,
  parameters: SetUpProblem["parameters"] = {},
): SetUpProblem => ({ code, parameters, message });
