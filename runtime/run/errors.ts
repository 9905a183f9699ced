/** Who has to act: the author of the graph, the caller of the run, the operator of an endpoint, nobody, or us. */
export type ErrorOwner = "author" | "caller" | "operator" | "none" | "us";

interface RunErrorRow {
  /** Callers of a published pipeline are told why where it is theirs or nobody's; all else is a code to them. */
  readonly owner: ErrorOwner;
  /** Whether the same call may succeed later without anybody acting. What a model may do better the second time is tried again too (`executor/policy.ts`). */
  readonly retryable: boolean;
  /** HTTP status of a published pipeline that ends so. */
  readonly status: number;
  /** English sentence: what to do. The interface translates it by code. */
  readonly hint: string;
}

/** Every way a run or a node can end badly. tRPC, HTTP and the docs are read off this table. */
export const runErrors = {
  "input-invalid": {
    owner: "caller",
    retryable: false,
    status: 400,
    hint: "Correct the named input and send it again.",
  },
  "node-failed": {
    owner: "author",
    retryable: false,
    status: 422,
    hint: "Open the run to see which step failed and why.",
  },
  "output-invalid": {
    owner: "author",
    retryable: false,
    status: 422,
    hint: "Ask the model for the expected form, or loosen the schema.",
  },
  "reply-cut": {
    owner: "author",
    retryable: false,
    status: 422,
    hint: "Raise the longest reply, or ask for less.",
  },
  "reply-filtered": {
    owner: "author",
    retryable: false,
    status: 422,
    hint: "Change the prompt, or use another model.",
  },
  "reply-empty": {
    owner: "author",
    retryable: false,
    status: 422,
    hint: "Raise the longest reply, or use a model that thinks less.",
  },
  "value-too-large": {
    owner: "author",
    retryable: false,
    status: 422,
    hint: "Shorten what the step is given, split it, or take a smaller part of it.",
  },
  "value-invalid": { owner: "author", retryable: false, status: 422, hint: "Check what is wired into the named port." },
  "model-unknown": {
    owner: "author",
    retryable: false,
    status: 422,
    hint: "Choose a model that is registered on the models page.",
  },
  "model-rate-limited": {
    owner: "operator",
    retryable: true,
    status: 429,
    hint: "Wait, raise the endpoint's limit, or add a fallback model.",
  },
  "model-unavailable": {
    owner: "operator",
    retryable: true,
    status: 503,
    hint: "Check that the endpoint is up, or add a fallback model.",
  },
  "model-timeout": {
    owner: "operator",
    retryable: true,
    status: 504,
    hint: "Raise the time limit or use a faster model.",
  },
  "model-rejected": {
    owner: "author",
    retryable: false,
    status: 422,
    hint: "Shorten the prompt or change the settings that the endpoint refused.",
  },
  "model-unauthorized": {
    owner: "operator",
    retryable: false,
    status: 502,
    hint: "Renew the endpoint's API key on the models page.",
  },
  "model-protocol": {
    owner: "operator",
    retryable: true,
    status: 502,
    hint: "Check that the base URL is that of an OpenAI-compatible API.",
  },
  "model-address-blocked": {
    owner: "operator",
    retryable: false,
    status: 502,
    hint: "Use an address that the installation's rules for outgoing calls allow.",
  },
  "file-missing": {
    owner: "caller",
    retryable: false,
    status: 422,
    hint: "Upload the file again and send its new reference.",
  },
  "file-invalid": {
    owner: "caller",
    retryable: false,
    status: 422,
    hint: "Send a file of a kind and size that the step takes.",
  },
  "knowledge-unknown": {
    owner: "author",
    retryable: false,
    status: 422,
    hint: "Choose a knowledge base in the step's settings.",
  },
  "registry-unknown": {
    owner: "author",
    retryable: false,
    status: 422,
    hint: "Choose a registered model and a version or stage that it has.",
  },
  "code-failed": {
    owner: "author",
    retryable: false,
    status: 422,
    hint: "Open the step and correct its code.",
  },
  "code-limit": {
    owner: "author",
    retryable: false,
    status: 422,
    hint: "Give the code less to do, or raise its limits.",
  },
  "agent-limit": {
    owner: "author",
    retryable: false,
    status: 422,
    hint: "Raise the limit that was met, or give the agent less to do.",
  },
  "tool-unknown": {
    owner: "author",
    retryable: false,
    status: 422,
    hint: "Choose a tool that one of the workspace's MCP servers has.",
  },
  "tool-changed": {
    owner: "author",
    retryable: false,
    status: 422,
    hint: "Look at what the server changed, and take it over in the step's settings.",
  },
  "tool-rejected": {
    owner: "author",
    retryable: false,
    status: 422,
    hint: "Look at what the service said, and correct what it is sent.",
  },
  "tool-protocol": {
    owner: "author",
    retryable: false,
    status: 502,
    hint: "Check that the address is that of the service, and how its answer is read.",
  },
  "tool-unavailable": {
    owner: "operator",
    retryable: true,
    status: 503,
    hint: "Check that the service is up and can be reached from here.",
  },
  "tool-timeout": {
    owner: "operator",
    retryable: true,
    status: 504,
    hint: "Raise the longest wait, or ask for less.",
  },
  "tool-unanswered": {
    owner: "operator",
    retryable: false,
    status: 504,
    hint: "Look at the service whether it did what it was sent, before it is sent again.",
  },
  "tool-blocked": {
    owner: "operator",
    retryable: false,
    status: 502,
    hint: "Name the host in the workspace's settings, if steps may call it.",
  },
  "credential-unknown": {
    owner: "author",
    retryable: false,
    status: 422,
    hint: "Choose a credential that the workspace has.",
  },
  "node-timeout": { owner: "author", retryable: true, status: 504, hint: "Raise the step's time limit." },
  "run-timeout": {
    owner: "author",
    retryable: true,
    status: 504,
    hint: "Raise the pipeline's time limit, or look which step took so long.",
  },
  "budget-exceeded": { owner: "operator", retryable: false, status: 402, hint: "Raise the budget." },
  aborted: { owner: "none", retryable: false, status: 499, hint: "Start the run again." },
  interrupted: { owner: "none", retryable: true, status: 503, hint: "Start the run again." },
  internal: { owner: "us", retryable: false, status: 500, hint: "Report this with the run's id." },
} as const satisfies Record<string, RunErrorRow>;

export type RunErrorCode = keyof typeof runErrors;
export const runErrorCodes = Object.keys(runErrors) as readonly RunErrorCode[];

export interface RunErrorData {
  readonly code: RunErrorCode;
  /** English sentence: what happened and why. Never holds a secret. */
  readonly message: string;
  readonly hint?: string;
  /** The node at fault, where there is one. */
  readonly node?: string;
  /** It passes by itself, as a busy server does: it says nothing of the graph, and asking later is of use. */
  readonly passing?: boolean;
  /** Milliseconds until asking again is of use, where the other side said so. */
  readonly retryAfterMs?: number;
}
