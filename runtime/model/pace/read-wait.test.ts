import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  limitInText,
  longestWaitMs,
  readAllowances,
  readDuration,
  readRetryAfter,
  waitInBody,
  waitInText,
} from "./read-wait";

const headers = (of: Readonly<Record<string, string>>) => (name: string) => of[name] ?? null;

describe("the wait that a header asks for", () => {
  it.each([
    [{ "retry-after": "7" }, 7000],
    [{ "retry-after": "0.5" }, 500],
    [{ "retry-after-ms": "250", "retry-after": "9" }, 250],
    [{ "retry-after": "Thu, 01 Jan 1970 00:01:00 GMT" }, 50_000],
    [{ "retry-after": "Thu, 01 Jan 1970 00:00:01 GMT" }, 0],
    [{ "retry-after": "20s" }, 20_000],
    [{ "retry-after": "1m30s" }, 90_000],
    [{ "retry-after": "soon" }, undefined],
    [{ "retry-after": "" }, undefined],
    [{ "retry-after": "-5" }, undefined],
    [{ "retry-after": "99999999" }, undefined],
    [{ "retry-after-ms": "x" }, undefined],
    [{}, undefined],
  ])("in %j is %s ms", (of, expected) => {
    expect(readRetryAfter(headers(of as Record<string, string>), 10_000)).toBe(expected);
  });
});

describe("the wait that a body names", () => {
  it.each([
    [
      "Rate limit reached for gpt-4 on tokens per min (TPM): Limit 10000, Used 9953, Requested 500. Please try again in 2.718s.",
      2718,
    ],
    ["on requests per day (RPD): Limit 200. Please try again in 7m12s. Visit the page.", 432_000],
    ["Limit 3 / min. Please try again in 20s. Contact us", 20_000],
    ["Please try again in 976ms.", 976],
    ["Please try again in 6m0s.", 360_000],
    ["Requests have exceeded the call rate limit. Please retry after 20 seconds.", 20_000],
    ["Please retry after 86400 seconds.", 86_400_000],
    ["Too many requests, wait for 2 minutes", 120_000],
    ["Please retry in 33.123s.", 33_123],
    ["请求过于频繁，请在 20 秒后重试", 20_000],
    ["访问受限，请等待3分钟", 180_000],
    ["It took 5s and failed.", null],
    ["Try again in a while.", null],
    ["Please try again in 20sheep", null],
    ["Please retry after 99999999 days", null],
    ["", null],
  ])("%s", (text, expected) => {
    expect(waitInText(text)).toBe(expected);
  });

  it.each([
    [{ error: "Model m is currently loading", estimated_time: 20.5 }, 20_500],
    [{ error: { message: "no", details: [{ "@type": "x" }, { "@type": "RetryInfo", retryDelay: "33s" }] } }, 33_000],
    [[{ error: { details: [{ retryDelay: "1.5s" }] } }], 1_500],
    [{ detail: { retry_after: 4 } }, 4_000],
    [{ error: { metadata: { retryAfter: "3" } } }, 3_000],
    [{ error: { estimated_time: -1 } }, undefined],
    [{ error: { retry_after: Number.POSITIVE_INFINITY } }, undefined],
    [null, undefined],
  ])("%j", (body, expected) => {
    expect(waitInBody(body, "")).toBe(expected);
  });

  it("is looked for in bounded time, whatever the text", () => {
    const patterns = ["try again in ", "retry retry ", "wait for at least about ", "9", "1m", "请在", " "];
    fc.assert(
      fc.property(fc.constantFrom(...patterns), (pattern) => {
        const before = performance.now();
        waitInText(pattern.repeat(200_000));
        limitInText(pattern.repeat(200_000));
        readDuration(pattern.repeat(200_000));
        expect(performance.now() - before).toBeLessThan(200);
      }),
      { numRuns: 20 },
    );
  });

  it("is never negative or longer than a day", () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.constantFrom("s", "ms", "m", "h", " seconds", " hours", " 秒"), (number, unit) => {
        const wait = waitInText(`try again in ${number}${unit}`);
        if (wait !== null) {
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(wait).toBeLessThanOrEqual(longestWaitMs);
        }
      }),
    );
  });
});

describe("what is left of an allowance", () => {
  it.each([
    [
      {
        "x-ratelimit-remaining-requests": "0",
        "x-ratelimit-limit-requests": "60",
        "x-ratelimit-reset-requests": "6m0s",
      },
      { requests: { remaining: 0, limit: 60, resetMs: 360_000 }, tokens: null },
    ],
    [
      {
        "x-ratelimit-remaining-tokens": "149984",
        "x-ratelimit-limit-tokens": "150000",
        "x-ratelimit-reset-tokens": "6ms",
      },
      { requests: null, tokens: { remaining: 149_984, limit: 150_000, resetMs: 6 } },
    ],
    [
      {
        "anthropic-ratelimit-requests-remaining": "4",
        "anthropic-ratelimit-requests-limit": "50",
        "anthropic-ratelimit-requests-reset": "1970-01-01T00:00:40Z",
      },
      { requests: { remaining: 4, limit: 50, resetMs: 30_000 }, tokens: null },
    ],
    [
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1700000030000" },
      { requests: null, tokens: null },
    ],
    [
      { "ratelimit-remaining": "2", "ratelimit-limit": "10", "ratelimit-reset": "15" },
      { requests: { remaining: 2, limit: 10, resetMs: 15_000 }, tokens: null },
    ],
    [
      { "x-ratelimit-remaining-requests": "many", "x-ratelimit-reset-requests": "1s" },
      { requests: null, tokens: null },
    ],
    [
      { "x-ratelimit-remaining-requests": "-1", "x-ratelimit-reset-requests": "1s" },
      { requests: null, tokens: null },
    ],
    [{}, { requests: null, tokens: null }],
  ])("%j", (of, expected) => {
    expect(readAllowances(headers(of as Record<string, string>), 10_000)).toEqual(expected);
  });
});

describe("a limit that a sentence states", () => {
  it.each([
    [
      "on tokens per min (TPM): Limit 30000, Used 14567, Requested 24754.",
      { of: "tokens", perMinute: 30_000, requested: 24_754 },
    ],
    ["on requests per min (RPM): Limit 3, Used 3, Requested 1.", { of: "requests", perMinute: 3, requested: 1 }],
    [
      "for 10KTPM-200RPM in organization org-x on tokens per min. Limit: 10000 / min.",
      { of: "tokens", perMinute: 10_000, requested: null },
    ],
    ["on requests per day (RPD): Limit 200", null],
    ["Too many requests", null],
  ])("%s", (text, expected) => {
    expect(limitInText(text)).toEqual(expected);
  });
});
