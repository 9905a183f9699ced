import { NodeFailure } from "@/runtime/node/node-failure";
import type { RunErrorCode } from "@/runtime/run/errors";
import { readErrorBody } from "./error-body";
import { createKeyMask } from "./mask-key";
import { isPassing, isThrottled, isTooLarge } from "./pace/passing";
import { waitInBody } from "./pace/read-wait";

/** Whom a failure speaks of, and the key that must not appear in it. */
export interface FailureContext {
  /** As the user named the endpoint. */
  readonly name: string;
  readonly apiKey: string | null;
  /** What else must not appear in it: values of headers. */
  readonly secrets?: readonly string[];
  /** The server's own name of the model asked for, where there was one. */
  readonly model?: string;
}

const longestQuote = 400;
const longestSaid = 8_000;
/** Shorter values of headers are no secrets, and would blot out half of every message. */
const leastSecret = 6;

/** Text from the other side without keys and control characters. More than is learnt from is not looked at. */
const masked = (text: string, { apiKey, secrets = [] }: Pick<FailureContext, "apiKey" | "secrets">): string =>
  [...(apiKey === null ? [] : [apiKey]), ...secrets.filter(({ length }) => length >= leastSecret)]
    .toSorted((one, other) => other.length - one.length)
    .reduce((rest, secret) => createKeyMask(secret).text(rest), text.slice(0, longestSaid))
    .replace(/[\p{Cc}\p{Cf}]+/gu, " ")
    .replace(/\b(?:sk|pk|rk|gsk|hf|xai|nvapi)[-_][\w-]{8,}|\bAIza[\w-]{20,}/g, "[API key]")
    .replace(/\bBearer\s+[\w.~+/=-]{8,}/gi, "Bearer [API key]")
    .trim();

/** Text from the other side, fit for a message: masked, and not endless. */
export const quote = (text: string, context: Pick<FailureContext, "apiKey" | "secrets">): string => {
  const visible = masked(text, context);
  return visible.length > longestQuote ? `${visible.slice(0, longestQuote)}…` : visible;
};

interface StatusAnswer {
  readonly status: number;
  /** The parsed body where it was JSON, or a short plain text beside a refusal; else null: other bodies are never quoted. */
  readonly body: unknown;
  readonly isHtml: boolean;
  readonly retryAfterMs?: number;
}

/** An empty account and a prompt that is too long stay so, whatever the status says. */
const waitable: ReadonlySet<RunErrorCode> = new Set(["model-rate-limited", "model-unavailable"]);

const wrongBaseUrl = "Check the base URL: it usually ends in /v1.";

/** An answer that is not 2xx. */
export const statusFailure = (answer: StatusAnswer, context: FailureContext): NodeFailure => {
  const { status } = answer;
  const { text, code } = readErrorBody(answer.body);
  const said = text === "" ? "" : `: ${quote(text, context)}`;
  const who = `The endpoint "${context.name}"`;
  const retryAfterMs = answer.retryAfterMs ?? waitInBody(answer.body, text);
  const passing = isPassing(status, `${code} ${text}`);
  const failure = (failureCode: RunErrorCode, message: string, hint?: string) =>
    new NodeFailure(failureCode, message, {
      ...(hint === undefined ? {} : { hint }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      // For what learns from it: the message quotes the beginning only.
      ...(text === "" && code === "" ? {} : { said: masked(`${text} ${code}`, context) }),
      ...(passing && waitable.has(failureCode) ? { passing } : {}),
    });
  const model = context.model === undefined ? "that model" : `the model "${context.model}"`;

  if (status >= 300 && status < 400) {
    return failure(
      "model-protocol",
      `${who} answered with a redirect (${status}), which is never followed.`,
      "Register the address that it redirects to.",
    );
  }
  if (status === 402 || /insufficient_quota|arrearage|insufficient.balance/i.test(`${code} ${text}`)) {
    return failure(
      "budget-exceeded",
      `The account behind the endpoint "${context.name}" has no credit left${said}`,
      "Top up the account, or use another endpoint.",
    );
  }
  if (status === 429 && isTooLarge(text)) {
    return failure("model-rejected", `${who} never takes a request of this size${said}`, "Shorten the prompt.");
  }
  if (status !== 429 && status < 500 && isThrottled(code, text)) {
    return failure("model-rate-limited", `${who} is busy or limits the rate (${status})${said}`);
  }
  if (passing && status !== 429 && status < 500) {
    return failure("model-unavailable", `${who} is not ready (${status})${said}`);
  }
  if (status === 401 || status === 403) {
    const reason = context.apiKey === null ? "needs an API key" : "refused the API key";
    return failure("model-unauthorized", `${who} ${reason} (${status})${said}`);
  }
  if (/model_not_found|model_not_exist|ModelNotFound/i.test(code) || (status === 404 && /model/i.test(text))) {
    return failure("model-unknown", `${who} does not serve ${model}${said}`, "Choose one of the models it serves.");
  }
  if (status === 404 || status === 405) {
    return failure("model-protocol", `${who} has no OpenAI-compatible API at this address (${status}).`, wrongBaseUrl);
  }
  if (status === 429) return failure("model-rate-limited", `${who} is busy or limits the rate (429)${said}`);
  if (status === 408) return failure("model-timeout", `${who} gave up waiting (408)${said}`);
  if (status === 409 || status === 424 || status === 425) {
    return failure("model-unavailable", `${who} could not answer (${status})${said}`);
  }
  if (status >= 400 && status < 500) {
    return answer.isHtml
      ? htmlFailure(context)
      : failure("model-rejected", `${who} refused the request (${status})${said || "."}`);
  }
  return failure("model-unavailable", `${who} failed (${status})${said || "."}`);
};

export const htmlFailure = (context: FailureContext): NodeFailure =>
  new NodeFailure(
    "model-protocol",
    `The endpoint "${context.name}" answered with a web page, not with an API's JSON.`,
    {
      hint: `${wrongBaseUrl} A sign-in page or a proxy may also stand in between.`,
    },
  );

export const protocolFailure = (what: string, context: FailureContext, cause?: unknown): NodeFailure =>
  new NodeFailure("model-protocol", `The endpoint "${context.name}" ${what}.`, cause === undefined ? {} : { cause });

/** An error object that came inside a stream whose status said 200. */
export const streamedFailure = (body: unknown, context: FailureContext): NodeFailure => {
  const { text, code, status: named } = readErrorBody(body);
  if (named !== null) return statusFailure({ status: named, body, isHtml: false }, context);
  const all = `${code} ${text}`;
  const status = /rate.?limit|too many/i.test(all)
    ? 429
    : /overload|unavailable|internal|server_error|timeout/i.test(all)
      ? 503
      : /invalid|bad.?request|validation|context.?length|unsupported|not support|unknown parameter|unrecognized/i.test(
            all,
          )
        ? 400
        : 503;
  return statusFailure({ status, body, isHtml: false }, context);
};

const certificateProblem = /^(ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(VERIFY|GET))|EXPIRED|ALTNAME/;

/** The failure inside an error, however deep a library wrapped it. */
export const findFailure = (error: unknown): NodeFailure | null => {
  for (let current = error, depth = 0; current instanceof Error && depth < 8; current = current.cause, depth += 1) {
    if (current instanceof NodeFailure) return current;
  }
  return null;
};

const systemCode = (error: unknown): string => {
  for (let current = error, depth = 0; current instanceof Error && depth < 8; depth += 1) {
    const { code, errors } = current as Error & { code?: unknown; errors?: unknown };
    if (typeof code === "string" && code !== "") return code;
    if (current.name === "HTTPParserError") return "HPE_INVALID";
    current = Array.isArray(errors) && errors[0] instanceof Error ? errors[0] : current.cause;
  }
  return "";
};

/** No answer at all, or one that broke off: what the sockets said, in words. Addresses are left out. */
export const connectionFailure = (error: unknown, context: FailureContext): NodeFailure => {
  const known = findFailure(error);
  if (known !== null) return known;
  const code = systemCode(error);
  const who = `The endpoint "${context.name}"`;
  const unavailable = (message: string, hint: string, passing = false) =>
    new NodeFailure("model-unavailable", message, {
      hint,
      cause: error,
      unreached: true,
      ...(passing ? { passing } : {}),
    });
  if (code === "ECONNREFUSED") {
    return unavailable(`${who} refuses connections.`, "Check that the server runs, and its host and port.", true);
  }
  if (code === "ENOTFOUND" || code === "EAI_AGAIN" || code === "EAI_FAIL") {
    return unavailable(`The host name of the endpoint "${context.name}" cannot be resolved.`, "Check the host name.");
  }
  if (code === "EHOSTUNREACH" || code === "ENETUNREACH" || code === "EADDRNOTAVAIL") {
    return unavailable(`${who} cannot be reached over the network.`, "Check the address and the network.");
  }
  if (code === "ETIMEDOUT" || code === "UND_ERR_CONNECT_TIMEOUT") {
    return new NodeFailure("model-timeout", `${who} did not accept a connection in time.`, {
      hint: "Check the address, and that no firewall stands in between.",
      cause: error,
      unreached: true,
    });
  }
  if (code === "EPROTO" || code.startsWith("ERR_SSL")) {
    return unavailable(`${who} does not speak TLS at this port.`, "Try http:// in place of https://.");
  }
  if (certificateProblem.test(code)) {
    return unavailable(
      `The certificate of the endpoint "${context.name}" is not trusted (${code}).`,
      /ALTNAME/.test(code)
        ? "Use the host name that the certificate was issued for."
        : /EXPIRED/.test(code)
          ? "The certificate has expired: renew it on the server."
          : "Add the certificate of its authority (CA) to the endpoint's connection settings, or to NODE_EXTRA_CA_CERTS.",
    );
  }
  if (code.startsWith("HPE_")) {
    const { message, options } = protocolFailure("does not speak HTTP at this port", context, error);
    return new NodeFailure("model-protocol", message, { ...options, unreached: true });
  }
  return new NodeFailure("model-unavailable", `The connection to the endpoint "${context.name}" broke off.`, {
    hint: "Try again; check the server's log.",
    cause: error,
  });
};
