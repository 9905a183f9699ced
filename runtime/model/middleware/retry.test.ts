import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NodeFailure } from "@/runtime/node/node-failure";
import { runErrorCodes } from "@/runtime/run/errors";
import { collect, textOf } from "@/runtime/testing/endpoint-conformance";
import { ManualClock } from "@/runtime/testing/manual-clock";
import { ScriptedEndpoint } from "@/runtime/testing/scripted-endpoint";
import { LocalRefusal } from "../local-refusal";
import { retry, retryDelay } from "./retry";

const policy = { attempts: 3, baseDelayMs: 100, maxDelayMs: 250, longestRetryAfterMs: 5000 };
const request = { model: "m", messages: [] };

/** Reads to the end, letting time pass whenever something waits for it. */
const readThrough = async <T>(clock: ManualClock, reading: Promise<T>): Promise<T> => {
  let isDone = false;
  void reading
    .catch(() => {})
    .finally(() => {
      isDone = true;
    });
  while (!isDone) {
    await new Promise(setImmediate);
    if (clock.pending > 0) clock.advance(10_000);
  }
  return reading;
};

describe("the pause before another call", () => {
  const failure = (retryAfterMs?: number) =>
    new NodeFailure("model-unavailable", "no", retryAfterMs === undefined ? {} : { retryAfterMs });

  it("grows with each attempt, is half fixed and half random, and is bounded", () => {
    expect([1, 2].map((attempt) => retryDelay(failure(), attempt, policy, () => 0))).toEqual([50, 100]);
    expect([1, 2].map((attempt) => retryDelay(failure(), attempt, policy, () => 1))).toEqual([100, 200]);
    expect(retryDelay(failure(), 3, { ...policy, attempts: 9 }, () => 1)).toBe(250);
  });

  it("is never shorter than the endpoint asked for", () => {
    fc.assert(
      fc.property(
        fc.nat(5000),
        fc.integer({ min: 1, max: 2 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (asked, attempt, draw) => {
          const pause = retryDelay(failure(asked), attempt, policy, () => draw);
          expect(pause).not.toBeNull();
          expect(pause).toBeGreaterThanOrEqual(asked);
        },
      ),
    );
  });

  it("is not made when the endpoint asks for too long a one, or after the last attempt", () => {
    expect(retryDelay(failure(5001), 1, policy, () => 0)).toBeNull();
    expect(retryDelay(failure(), 3, policy, () => 0)).toBeNull();
  });

  it("is made only for what passes by itself", () => {
    const retried = runErrorCodes.filter(
      (code) => retryDelay(new NodeFailure(code, "no"), 1, policy, () => 0) !== null,
    );
    expect(retried).toEqual(["model-rate-limited", "model-unavailable"]);
    expect(retryDelay(new LocalRefusal("model-unavailable", "no"), 1, policy, () => 0)).toBeNull();
    expect(retryDelay(new Error("a bug"), 1, policy, () => 0)).toBeNull();
  });
});

describe("retrying", () => {
  const make = (endpoint: ScriptedEndpoint) => {
    const clock = new ManualClock();
    return { clock, retried: retry(clock, () => 0.5, policy)(endpoint) };
  };
  const open = () => ({ signal: new AbortController().signal });

  it("gives the reply of the attempt that succeeds", async () => {
    const endpoint = new ScriptedEndpoint("e", [
      { tokens: 0, failure: "model-unavailable" },
      { tokens: 0, failure: "model-rate-limited", retryAfterMs: 4000 },
      { tokens: 2 },
    ]);
    const { clock, retried } = make(endpoint);
    expect(textOf(await readThrough(clock, collect(retried.chat(request, open()))))).toBe("e0 e1 ");
    expect(endpoint.calls).toBe(3);
  });

  it("ends with the last failure", async () => {
    const endpoint = new ScriptedEndpoint("e", [{ tokens: 0, failure: "model-unavailable" }]);
    const { clock, retried } = make(endpoint);
    await expect(readThrough(clock, collect(retried.chat(request, open())))).rejects.toMatchObject({
      code: "model-unavailable",
    });
    expect(endpoint.calls).toBe(3);
  });

  it("never happens after the first token", async () => {
    const endpoint = new ScriptedEndpoint("e", [{ tokens: 1, failure: "model-unavailable" }, { tokens: 2 }]);
    const { clock, retried } = make(endpoint);
    await expect(readThrough(clock, collect(retried.chat(request, open())))).rejects.toMatchObject({
      code: "model-unavailable",
    });
    expect(endpoint.calls).toBe(1);
  });

  it("is not waited for by a caller that aborts", async () => {
    const endpoint = new ScriptedEndpoint("e", [{ tokens: 0, failure: "model-unavailable" }]);
    const { clock, retried } = make(endpoint);
    const controller = new AbortController();
    const reading = collect(retried.chat(request, { signal: controller.signal }));
    void reading.catch(() => {});
    while (clock.pending === 0) await new Promise(setImmediate);
    controller.abort();
    await expect(reading).rejects.toMatchObject({ code: "aborted" });
    expect(clock.pending).toBe(0);
    expect(endpoint.calls).toBe(1);
  });

  it("works for embeddings too", async () => {
    const endpoint = new ScriptedEndpoint("e", [{ failure: "model-unavailable" }, {}]);
    const { clock, retried } = make(endpoint);
    const reply = await readThrough(clock, retried.embed({ model: "m", input: ["a"] }, open()));
    expect(reply.vectors).toHaveLength(1);
  });
});
