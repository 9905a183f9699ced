import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collect } from "@/runtime/testing/endpoint-conformance";
import { ManualClock } from "@/runtime/testing/manual-clock";
import { ScriptedEndpoint } from "@/runtime/testing/scripted-endpoint";
import { Limiter, limit } from "./limit";

const make = (maxConcurrency: number, maxQueue = 10, maxWaitMs = 1000) => {
  const clock = new ManualClock();
  return { clock, limiter: new Limiter(clock, { maxConcurrency, maxQueue, maxWaitMs }) };
};
const open = () => new AbortController().signal;
const settled = () => new Promise(setImmediate);

describe("places at an endpoint", () => {
  it("are given in the order of asking", async () => {
    const { limiter } = make(1);
    const order: number[] = [];
    const first = await limiter.acquire("e", open());
    const others = [1, 2, 3].map(async (number) => {
      const release = await limiter.acquire("e", open());
      order.push(number);
      release();
    });
    await settled();
    expect(order).toEqual([]);
    expect(limiter.queued).toBe(3);
    first();
    await Promise.all(others);
    expect(order).toEqual([1, 2, 3]);
    expect(limiter.inFlight).toBe(0);
  });

  it("are refused at once when too many wait", async () => {
    const { limiter } = make(1, 1);
    await limiter.acquire("Lab", open());
    void limiter.acquire("Lab", open());
    await expect(limiter.acquire("Lab", open())).rejects.toMatchObject({
      code: "model-rate-limited",
      message: expect.stringContaining("Lab"),
    });
  });

  it("are not waited for longer than allowed", async () => {
    const { limiter, clock } = make(1);
    await limiter.acquire("e", open());
    const waiting = limiter.acquire("e", open());
    clock.advance(1000);
    await expect(waiting).rejects.toMatchObject({ code: "model-rate-limited" });
    expect(limiter.queued).toBe(0);
  });

  it("are not waited for by a call that was aborted", async () => {
    const { limiter, clock } = make(1);
    const release = await limiter.acquire("e", open());
    const controller = new AbortController();
    const waiting = limiter.acquire("e", controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: "aborted" });
    expect(limiter.queued).toBe(0);
    expect(clock.pending).toBe(0);
    release();
    expect(limiter.inFlight).toBe(0);
  });

  it("given back twice count once", async () => {
    const { limiter } = make(2);
    const release = await limiter.acquire("e", open());
    await limiter.acquire("e", open());
    release();
    release();
    expect(limiter.inFlight).toBe(1);
  });

  it("that become more let those who wait in", async () => {
    const { limiter } = make(1);
    await limiter.acquire("e", open());
    const waiting = limiter.acquire("e", open());
    limiter.configure({ maxConcurrency: 2, maxQueue: 10, maxWaitMs: 1000 });
    await waiting;
    expect(limiter.inFlight).toBe(2);
  });

  it("never hold more calls than allowed, and lose none", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 30 }), async (most, count) => {
        const { limiter } = make(most, 100);
        const endpoint = new ScriptedEndpoint("e", [{ tokens: 3 }, { tokens: 1, failure: "model-unavailable" }]);
        const limited = limit(
          () => limiter,
          () => "e",
        )(endpoint);
        const replies = await Promise.allSettled(
          Array.from({ length: count }, () => collect(limited.chat({ model: "m", messages: [] }, { signal: open() }))),
        );
        expect(replies).toHaveLength(count);
        expect(endpoint.calls).toBe(count);
        expect(endpoint.mostInFlight).toBeLessThanOrEqual(most);
        expect([limiter.inFlight, limiter.queued]).toEqual([0, 0]);
      }),
      { numRuns: 40 },
    );
  });

  it("are given back when the reader leaves, and when an aborted reader never reads on", async () => {
    const { limiter } = make(1);
    const limited = limit(
      () => limiter,
      () => "e",
    )(new ScriptedEndpoint("e"));
    for await (const _ of limited.chat({ model: "m", messages: [] }, { signal: open() })) break;
    expect(limiter.inFlight).toBe(0);

    const controller = new AbortController();
    await limited.chat({ model: "m", messages: [] }, { signal: controller.signal })[Symbol.asyncIterator]().next();
    expect(limiter.inFlight).toBe(1);
    controller.abort();
    expect(limiter.inFlight).toBe(0);
  });
});

describe("places at an endpoint that several hold", () => {
  it("go to the one with the fewest, and one place in eight is never with one alone", async () => {
    const { limiter } = make(8, 100);
    const releases: (() => void)[] = [];
    const ask = (holder: string) => limiter.acquire("e", open(), holder).then((release) => releases.push(release));
    for (let call = 0; call < 20; call++) void ask("flood");
    await settled();
    expect([limiter.inFlight, limiter.queued]).toEqual([7, 13]);
    const quick = await limiter.acquire("e", open(), "quick");
    const order: string[] = [];
    const another = ["quick", "third"].map(async (holder) => {
      const release = await limiter.acquire("e", open(), holder);
      order.push(holder);
      release();
    });
    await settled();
    expect(order).toEqual([]);
    quick();
    await Promise.all(another);
    expect(order).toEqual(["quick", "third"]);
    for (let call = 0; call < 20; call++) {
      releases.shift()?.();
      await settled();
    }
    expect([limiter.inFlight, limiter.queued]).toEqual([0, 0]);
  });

  it("all go to those that nobody names, as to one alone where there are few", async () => {
    const { limiter } = make(8);
    for (let call = 0; call < 8; call++) await limiter.acquire("e", open());
    const { limiter: small } = make(2);
    for (let call = 0; call < 2; call++) await small.acquire("e", open(), "one");
    expect([limiter.inFlight, small.inFlight]).toEqual([8, 2]);
  });

  it("are waited for by everybody: a full queue lets the last of the longest go", async () => {
    const { limiter } = make(1, 4);
    await limiter.acquire("e", open(), "flood");
    const flood = Array.from({ length: 4 }, () => limiter.acquire("e", open(), "flood"));
    const refused = expect(flood[3]).rejects.toMatchObject({ code: "model-rate-limited" });
    const quick = limiter.acquire("e", open(), "quick");
    await refused;
    expect(limiter.queued).toBe(4);
    await expect(limiter.acquire("e", open(), "flood")).rejects.toMatchObject({ code: "model-rate-limited" });
    void quick;
  });
});
