import type { Target } from "@/server/platform/lean/read-target";

/** An answer that the front door gives by itself. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const callHint =
  "Published pipelines are called with POST /api/v1/pipelines/{name}/runs. Copy the address from the Publish dialog of the pipeline.";

export const unknownAddress = (surface: Target["surface"]): Refusal => ({
  status: 404,
  code: "not-found",
  message:
    surface === "v1"
      ? "Under /v1 there are models, chat/completions and responses, with the name of a published pipeline as the model."
      : "There is nothing under this address.",
  hint: callHint,
});

export const methodRefused = (method: string, allowed: readonly string[]): Refusal => ({
  status: 405,
  code: "method-not-allowed",
  message: `This address does not take ${method.slice(0, 20)}; it takes ${allowed.join(", ")}.`,
  hint: allowed.includes("POST") ? "Send the request as POST." : callHint,
  headers: { allow: allowed.join(", ") },
});

/** Said where the process of the interface is starting again; published pipelines are answered meanwhile. */
export const interfaceAway: Refusal = {
  status: 503,
  code: "starting",
  message: "This part of Pipewright is starting.",
  hint: "Try again in a moment.",
  headers: { "retry-after": "2" },
};

/**
 * The JSON of a refusal. Under /v1 its error also has the fields that OpenAI's clients read; everywhere else they do no harm to those who are
 * pointed here by mistake.
 */
export const refusalText = ({ status, code, message, hint }: Refusal, surface: Target["surface"]): string =>
  JSON.stringify({
    error: {
      code,
      message: surface === "api" ? message : `${message} ${hint}`,
      hint,
      ...(surface !== "api" && { type: status >= 500 ? "server_error" : "invalid_request_error", param: null }),
    },
  });
