import { type RunErrorCode, runErrors } from "@/runtime/run/errors";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { type Answer, jsonAnswer } from "@/server/platform/lean/answer";

/** OpenAI's names for what this API calls otherwise; every other code stays. */
const codes: Readonly<Record<string, string>> = {
  "key-missing": "invalid_api_key",
  "key-unknown": "invalid_api_key",
  "key-revoked": "invalid_api_key",
  "key-expired": "invalid_api_key",
  "too-many-runs": "rate_limit_exceeded",
  "limit-requests": "rate_limit_exceeded",
  "limit-tokens": "rate_limit_exceeded",
  "limit-money": "insufficient_quota",
};

const typeOf = (status: number): string => {
  if (status === 429) return "rate_limit_error";
  if (status === 402) return "insufficient_quota";
  if (status === 401) return "authentication_error";
  if (status === 403) return "permission_error";
  return status >= 500 ? "server_error" : "invalid_request_error";
};

/** A refusal of what one parameter says; `parameter` is its path, as `messages[0].content`. */
export const parameterRefusal = (
  parameter: string,
  message: string,
  code = "invalid_value",
  hint?: string,
): RouteRefusal =>
  new RouteRefusal(400, code, message, { fields: { [parameter]: message }, ...(hint !== undefined && { hint }) });

export const unknownModel = (model: string): RouteRefusal =>
  new RouteRefusal(
    404,
    "model_not_found",
    `There is no published pipeline "${model.slice(0, 100)}", or the key is not for it.`,
    {
      hint: "The model is the name in a pipeline's address. GET /v1/models lists those that this key may call.",
      fields: { model: "There is no such pipeline." },
    },
  );

/** The error as OpenAI's clients read it. */
export const openAiError = ({ status, code, message, details }: RouteRefusal) => {
  const { hint, runId, limit, fields = {} } = details;
  const [param = null] = Object.keys(fields);
  return {
    error: {
      message: hint === undefined ? message : `${message} ${hint}`,
      type: typeOf(status),
      param,
      code: codes[code] ?? code,
      ...(limit !== undefined && { limit }),
      ...(runId !== undefined && { run_id: runId }),
    },
  };
};

/**
 * Clients of OpenAI send a request again by themselves after 408, 409, 429 and 5xx. Where that would run the pipeline once more for the same end they are told not
 * to.
 */
const shouldRetry = ({ code, status }: RouteRefusal): boolean => {
  if (Object.hasOwn(runErrors, code)) return runErrors[code as RunErrorCode].retryable;
  // A day or a month is longer than any client waits.
  if (code === "limit-tokens" || code === "limit-money") return false;
  return status === 429 || status === 503 || status === 408;
};

export const openAiRefusal = (refusal: RouteRefusal): Answer =>
  jsonAnswer(openAiError(refusal), refusal.status, {
    ...refusal.headers,
    "x-should-retry": String(shouldRetry(refusal)),
  });
