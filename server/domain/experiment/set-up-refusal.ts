import type { SetUpProblem } from "@/runtime/eval/contract/set-up-problem";
import { ApplicationError } from "@/server/platform/guard/application-error";

/** Refuses a set-up with what is wrong by dotted path: English sentences for callers of the API, codes for the interface. */
export const setUpRefusal = (
  problems: Readonly<Record<string, SetUpProblem>>,
  { message = Object.values(problems)[0]?.message ?? "It cannot run.", hint }: { message?: string; hint?: string } = {},
): ApplicationError =>
  new ApplicationError("BAD_REQUEST", message, {
    reason: "input-invalid",
    ...(hint === undefined ? {} : { hint }),
    fields: Object.fromEntries(Object.entries(problems).map(([at, problem]) => [at, problem.message])),
    problems: Object.fromEntries(
      Object.entries(problems).map(([at, { code, parameters }]) => [at, { code, parameters }]),
    ),
  });
