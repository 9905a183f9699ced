import { describe, expect, it } from "vitest";
import { NodeFailure } from "@/runtime/node/node-failure";
import { connectionFailure, findFailure, quote, statusFailure, streamedFailure } from "./endpoint-failure";
import { readErrorBody } from "./error-body";

const context = { name: "Lab", apiKey: "key-4711-canary", model: "m" };
const answer = (status: number, body: unknown = null) => statusFailure({ status, body, isHtml: false }, context);

describe("the words of an error body", () => {
  it.each([
    [
      "OpenAI",
      { error: { message: "No.", type: "invalid_request_error", code: "c" } },
      "No.",
      "c invalid_request_error",
    ],
    ["vLLM", { object: "error", message: "No.", type: "BadRequestError", code: 400 }, "No.", "BadRequestError"],
    ["TGI", { error: "No.", error_type: "overloaded" }, "No.", "overloaded"],
    ["Ollama", { error: { message: "No.", type: "api_error", code: null } }, "No.", "api_error"],
    ["FastAPI", { detail: "Not Found" }, "Not Found", ""],
    ["FastAPI on a field", { detail: [{ loc: ["body", "seed"], msg: "extra fields" }] }, "body.seed: extra fields", ""],
    [
      "another server's answer, as a text",
      { error: { message: "Provider failed", metadata: { raw: '{"error": {"message": "No.", "type": "t"}}' } } },
      "Provider failed; No.",
      "t",
    ],
    ["a cause", { error: { cause: '{"error": {"message": "No."}}', code: 400, message: "失败" } }, "失败; No.", ""],
    ["Google, in a list", [{ error: { code: 400, message: "No.", status: "INVALID" } }], "No.", ""],
    ["a sentence within a detail", { detail: { error: { message: "No." } } }, "No.", ""],
    ["several errors", { errors: [{ message: "One." }, { message: "Two." }] }, "One.; Two.", ""],
    ["MiniMax", { base_resp: { status_code: 1004, status_msg: "No." } }, "No.", ""],
    ["Baidu", { error_code: "336", error_msg: "No." }, "No.", "336"],
    ["plain text", "No.", "No.", ""],
    ["nothing", null, "", ""],
    ["a number", 7, "", ""],
    ["something else", { a: 1 }, "", ""],
  ])("of %s are found", (_, body, text, code) => {
    expect(readErrorBody(body)).toMatchObject({ text, code });
  });

  it("are quoted without keys, control characters or end", () => {
    expect(quote("bad key-4711-canary\u0000\n\u202e here", context)).toBe("bad [API key]  here");
    expect(quote("Incorrect API key provided: sk-proj-abcdefgh1234.", context)).not.toContain("abcdefgh");
    expect(quote("x".repeat(1000), context).length).toBeLessThan(410);
  });
});

describe("an answer that is not 2xx", () => {
  it.each([
    [404, { error: { message: 'model "x" not found, try pulling it first' } }, "model-unknown"], // Ollama
    [404, { object: "error", message: "The model `x` does not exist.", code: 404 }, "model-unknown"], // vLLM
    [400, { error: { message: "Not exist.", code: "model_not_found" } }, "model-unknown"],
    [404, { detail: "Not Found" }, "model-protocol"],
    [405, { detail: "Method Not Allowed" }, "model-protocol"],
    [301, null, "model-protocol"],
    [413, null, "model-rejected"],
    [408, null, "model-timeout"],
    [424, { error: "Generation failed", error_type: "generation" }, "model-unavailable"], // TGI
    [429, { error: { code: "insufficient_quota", message: "You exceeded your current quota." } }, "budget-exceeded"],
    [400, { error: { code: "Arrearage", message: "Access denied." } }, "budget-exceeded"], // DashScope
    [529, null, "model-unavailable"],
  ])("%i %j is %s", (status, body, code) => {
    expect(answer(status, body).code).toBe(code);
  });

  it("says what to do where the general hint would mislead", () => {
    expect(answer(404, { detail: "Not Found" }).options.hint).toContain("/v1");
    expect(answer(301).options.hint).toContain("redirects to");
  });
});

describe("an error inside a stream", () => {
  it.each([
    [{ error: { message: "CUDA out of memory", type: "server_error" } }, "model-unavailable"],
    [{ error: "Model is overloaded", error_type: "overloaded" }, "model-unavailable"],
    [{ object: "error", message: "bad", code: 400 }, "model-rejected"],
    [{ message: "Rate limit reached", type: "tokens" }, "model-rate-limited"],
    [{ message: "Requested sample logprobs is invalid" }, "model-rejected"],
    ["anything", "model-unavailable"],
    [null, "model-unavailable"],
  ])("%j is %s", (body, code) => {
    expect(streamedFailure(body, context).code).toBe(code);
  });
});

describe("no answer at all", () => {
  const system = (code: string) => Object.assign(new Error("at 10.1.2.3:80"), { code });
  it.each([
    ["ECONNREFUSED", "model-unavailable"],
    ["ENOTFOUND", "model-unavailable"],
    ["EHOSTUNREACH", "model-unavailable"],
    ["ECONNRESET", "model-unavailable"],
    ["UND_ERR_SOCKET", "model-unavailable"],
    ["UND_ERR_CONNECT_TIMEOUT", "model-timeout"],
    ["ETIMEDOUT", "model-timeout"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "model-unavailable"],
    ["CERT_HAS_EXPIRED", "model-unavailable"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "model-unavailable"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "model-unavailable"],
    ["HPE_INVALID_CONSTANT", "model-protocol"],
  ])("because of %s is %s, without the address", (code, expected) => {
    const wrapped = new TypeError("fetch failed", { cause: new AggregateError([system(code)]) });
    for (const error of [system(code), wrapped]) {
      const failure = connectionFailure(error, context);
      expect(failure.code).toBe(expected);
      expect(failure.message).toContain("Lab");
      expect(failure.message).not.toContain("10.1.2.3");
    }
  });

  it("names the certificate as the trouble", () => {
    expect(connectionFailure(system("DEPTH_ZERO_SELF_SIGNED_CERT"), context).message).toContain("certificate");
  });

  it("keeps a failure that was wrapped on the way", () => {
    const failure = new NodeFailure("model-address-blocked", "Not there.");
    const wrapped = new Error("Connection error.", { cause: new TypeError("fetch failed", { cause: failure }) });
    expect(connectionFailure(wrapped, context)).toBe(failure);
    expect(findFailure(new Error("no"))).toBeNull();
  });
});
