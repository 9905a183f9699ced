import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { RunErrorCode } from "@/runtime/run/errors";
import { ManualClock } from "@/runtime/testing/manual-clock";
import { Breaker } from "./breaker";

const policy = { failures: 3, openMs: 1000, longestMs: 4000 };
const fail = (breaker: Breaker, code: RunErrorCode = "model-unavailable") => {
  const call = breaker.enter();
  call.failure?.(new NodeFailure(code, "no"));
  call.end?.();
};
const succeed = (breaker: Breaker) => {
  const call = breaker.enter();
  call.firstPart?.();
  call.end?.();
};
const make = () => {
  const clock = new ManualClock();
  return { clock, breaker: new Breaker(clock, policy) };
};

describe("a breaker", () => {
  it("opens after so many failures in a row", () => {
    const { breaker } = make();
    fail(breaker);
    fail(breaker);
    expect(breaker.state).toBe("closed");
    fail(breaker);
    expect(breaker.state).toBe("open");
    expect(breaker.waitMs).toBe(1000);
  });

  it("begins to count anew after a success", () => {
    const { breaker } = make();
    fail(breaker);
    fail(breaker);
    succeed(breaker);
    fail(breaker);
    fail(breaker);
    expect(breaker.state).toBe("closed");
  });

  it.each<RunErrorCode>(["model-unauthorized", "model-rejected", "model-rate-limited", "model-unknown", "aborted"])(
    "takes %s for an answer of a server that is well",
    (code) => {
      const { breaker } = make();
      for (let count = 0; count < 10; count += 1) fail(breaker, code);
      expect(breaker.state).toBe("closed");
    },
  );

  it("lets one call through on trial after the pause, and closes on its success", () => {
    const { breaker, clock } = make();
    for (let count = 0; count < 3; count += 1) fail(breaker);
    clock.advance(999);
    expect(breaker.state).toBe("open");
    clock.advance(1);
    expect(breaker.state).toBe("trial");
    const trial = breaker.enter();
    expect(breaker.state).toBe("open");
    trial.firstPart?.();
    trial.end?.();
    expect(breaker.state).toBe("closed");
  });

  it("waits twice as long after each failed trial, up to a bound", () => {
    const { breaker, clock } = make();
    for (let count = 0; count < 3; count += 1) fail(breaker);
    for (const wait of [2000, 4000, 4000]) {
      clock.advance(breaker.waitMs);
      fail(breaker);
      expect(breaker.waitMs).toBe(wait);
    }
  });

  it("gives the trial to another call when the one on trial is aborted", () => {
    const { breaker, clock } = make();
    for (let count = 0; count < 3; count += 1) fail(breaker);
    clock.advance(1000);
    fail(breaker, "aborted");
    expect(breaker.state).toBe("trial");
  });

  it("never has two calls on trial, whatever happens", () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant("advance" as const), ms: fc.nat(3000) }),
      fc.record({ kind: fc.constant("enter" as const) }),
      fc.record({ kind: fc.constantFrom("fail" as const, "succeed" as const, "abort" as const), index: fc.nat(5) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { breaker, clock } = make();
        const calls: { readonly call: ReturnType<Breaker["enter"]>; onTrial: boolean }[] = [];
        for (const action of steps) {
          if (action.kind === "advance") clock.advance(action.ms);
          else if (action.kind === "enter") {
            if (breaker.state === "open") continue;
            const onTrial = breaker.state === "trial";
            if (onTrial) expect(calls.filter((other) => other.onTrial)).toHaveLength(0);
            calls.push({ call: breaker.enter(), onTrial });
          } else {
            const [entry] = calls.splice(action.index, 1);
            if (action.kind === "succeed") {
              entry?.call.firstPart?.();
              // A success closes the breaker; a call that was on trial is one like others now.
              for (const other of calls) other.onTrial = false;
            } else
              entry?.call.failure?.(new NodeFailure(action.kind === "fail" ? "model-unavailable" : "aborted", "no"));
            entry?.call.end?.();
          }
        }
      }),
    );
  });
});
