import type { InputProblem } from "@/runtime/plan/check-inputs";
import { type RunErrorData, runErrors } from "@/runtime/run/errors";
import { toPublicError } from "@/runtime/run/public-events";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";

/** What a caller is told to wait where a model is busy and did not say for how long. */
const shortWaitMs = 2_000;

/** How a run that went wrong is answered over HTTP: the status is that of the error table, the words are those for callers. */
export const runRefusal = (error: RunErrorData, runId: string): RouteRefusal => {
  const { code, message, hint } = toPublicError(error);
  const waitMs = error.retryAfterMs ?? (error.passing === true ? shortWaitMs : null);
  const headers: Readonly<Record<string, string>> =
    waitMs === null ? {} : { "retry-after": String(Math.max(1, Math.ceil(waitMs / 1_000))) };
  return new RouteRefusal(runErrors[code].status, code, message, { hint, runId }, headers);
};

export const inputRefusal = (problems: readonly InputProblem[]): RouteRefusal =>
  new RouteRefusal(
    runErrors["input-invalid"].status,
    "input-invalid",
    problems.map(({ message }) => message).join(" "),
    {
      hint: runErrors["input-invalid"].hint,
      fields: Object.fromEntries(problems.map(({ field, message }) => [field || "inputs", message])),
    },
  );

/** The same for a name that nobody has and for one in another workspace. */
export const unknownPipeline = (): RouteRefusal =>
  new RouteRefusal(404, "not-found", "There is no published pipeline under this address, or the key is not for it.", {
    hint: "Copy the address from the Publish dialog of the pipeline, and use a key of the same workspace.",
  });

export const unknownVersion = (version: number | null): RouteRefusal =>
  new RouteRefusal(404, "not-found", `Version ${version} of this pipeline was never live under this address.`, {
    hint: "Ask for one that the deployment's page lists, or leave the version out.",
  });

export const unknownRun = (): RouteRefusal =>
  new RouteRefusal(404, "not-found", "There is no such run of this pipeline.", {
    hint: "A run that the app could not store before it stopped is lost: start it again.",
  });

export const pausedPipeline = (): RouteRefusal =>
  new RouteRefusal(503, "paused", "This pipeline is paused.", { hint: "Ask its owner to resume it." });

/** An answer without a record would be an answer that nobody can account for. */
export const runNotStored = (runId: string): RouteRefusal =>
  new RouteRefusal(
    503,
    "run-not-stored",
    "The run could not be stored, so its answer is not given.",
    { hint: "Try again in a moment.", runId },
    { "retry-after": "10" },
  );

/** The run is stored as far as it is, and goes on when the app is back. */
export const runGoesOn = (runId: string): RouteRefusal =>
  new RouteRefusal(
    503,
    "interrupted",
    "The app is being restarted; the run goes on when it is back.",
    { hint: "Read its end under /runs/{runId}/events, or start the run again.", runId },
    { "retry-after": "5" },
  );

export const queueFull = (): RouteRefusal =>
  new RouteRefusal(
    429,
    "queue-full",
    "Too many background runs are waiting for their turn.",
    { hint: "Wait until some have ended, then send this one again." },
    { "retry-after": "10" },
  );

export const tooManyRuns = (): RouteRefusal =>
  new RouteRefusal(
    429,
    "too-many-runs",
    "Too many runs are under way.",
    { hint: "Try again in a moment." },
    { "retry-after": "1" },
  );
