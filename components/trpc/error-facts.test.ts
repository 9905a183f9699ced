import { TRPCClientError } from "@trpc/client";
import { describe, expect, test } from "vitest";
import { errorFacts } from "./error-facts";

const failed = (message: string, data: Record<string, unknown>) =>
  new TRPCClientError(message, { result: { error: { message, code: -32000, data } as never } });

describe("errorFacts", () => {
  test("keeps code, sentence, hint and data of what the server refused", () => {
    const facts = errorFacts(
      failed("Somebody saved before you.", {
        code: "CONFLICT",
        reason: "stale-revision",
        hint: "Reload.",
        conflict: 3,
      }),
    );
    expect(facts).toMatchObject({
      code: "CONFLICT",
      reason: "stale-revision",
      message: "Somebody saved before you.",
      hint: "Reload.",
    });
    expect(facts.data.conflict).toBe(3);
  });

  test("hides the message of an internal error and the JSON of a refused input", () => {
    expect(errorFacts(failed("relation does not exist", { code: "INTERNAL_SERVER_ERROR" })).message).toBeUndefined();
    expect(errorFacts(failed('[{"path":["name"]}]', { code: "BAD_REQUEST" })).message).toBeUndefined();
  });

  test("calls a request without an answer offline", () => {
    expect(errorFacts(new TRPCClientError("fetch failed")).code).toBe("OFFLINE");
  });

  test("says nothing of what it does not know", () => {
    expect(errorFacts(new Error("secret"))).toEqual({
      code: "UNKNOWN",
      reason: undefined,
      message: undefined,
      hint: undefined,
      data: {},
    });
  });
});
