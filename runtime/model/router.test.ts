import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NodeFailure } from "@/runtime/node/node-failure";
import { collect, textOf } from "@/runtime/testing/endpoint-conformance";
import { ManualClock } from "@/runtime/testing/manual-clock";
import { ScriptedEndpoint } from "@/runtime/testing/scripted-endpoint";
import { GatewayState } from "./gateway-state";
import { LocalRefusal } from "./local-refusal";
import { observe } from "./middleware/observe";
import { pickReplica, type RoutedReplica, routeOver } from "./router";
import { leastBusy } from "./strategies/least-busy";
import { strategies } from "./strategies/strategies";

const request = { model: "m", messages: [] };
const open = () => ({ signal: new AbortController().signal });

const make = (...scripted: readonly ScriptedEndpoint[]) => {
  const clock = new ManualClock();
  const state = new GatewayState(clock);
  const replicas = scripted.map((endpoint): RoutedReplica => {
    const replica = state.replica(endpoint.id);
    const watched = observe(
      () => replica.breaker.enter(),
      () => replica.load.enter(),
      () => replica.health.enter(),
    )(endpoint);
    return { id: endpoint.id, weight: 1, priceMicroUsd: null, endpoint: watched, state: replica };
  });
  const routed = routeOver("lab", replicas, { name: "Lab", strategy: leastBusy, random: () => 0 });
  return { clock, replicas, routed };
};
const breakOpen = ({ state }: RoutedReplica) => {
  for (let count = 0; count < 5; count += 1) {
    const call = state.breaker.enter();
    call.failure?.(new NodeFailure("model-unavailable", "no"));
    call.end?.();
  }
};
const markDown = ({ state }: RoutedReplica) =>
  state.health.probe({ probe: () => Promise.reject(new NodeFailure("model-unavailable", "It is down.")) }, 1000);

describe("picking a replica", () => {
  it("never picks one whose breaker is open while another's is not, by any strategy", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ isOpen: fc.boolean(), isDown: fc.boolean(), inFlight: fc.nat(5) }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.constantFrom(...Object.values(strategies)),
        fc.nat(100),
        async (facts, strategy, sequence) => {
          const { replicas } = make(...facts.map((_, index) => new ScriptedEndpoint(`r${index}`)));
          for (const [index, fact] of facts.entries()) {
            const replica = replicas[index];
            if (replica === undefined) continue;
            if (fact.isOpen) breakOpen(replica);
            if (fact.isDown) await markDown(replica);
            replica.state.load.inFlight = fact.inFlight;
          }
          const picked = pickReplica(replicas, "m", strategy, { random: () => 0.5, sequence });
          const fact = facts[picked === null ? -1 : replicas.indexOf(picked)];
          if (facts.every(({ isOpen }) => isOpen)) expect(picked).toBeNull();
          else {
            expect(fact?.isOpen).toBe(false);
            const wellOnes = facts.filter(({ isOpen, isDown }) => !isOpen && !isDown);
            if (wellOnes.length > 0) expect(fact?.isDown).toBe(false);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("routing over replicas", () => {
  it("shares calls out to the least busy", async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const endpoints = ["a", "b", "c"].map((id) => new ScriptedEndpoint(id, [{ gate }]));
    const { routed } = make(...endpoints);
    const calls = Array.from({ length: 9 }, () => collect(routed.chat(request, open())));
    await new Promise(setImmediate);
    expect(endpoints.map(({ inFlight }) => inFlight)).toEqual([3, 3, 3]);
    release();
    await Promise.all(calls);
  });

  it("goes on to the next replica before the first token", async () => {
    const broken = new ScriptedEndpoint("broken", [{ tokens: 0, failure: "model-unavailable" }]);
    const well = new ScriptedEndpoint("well");
    const { routed } = make(broken, well);
    for (let call = 0; call < 3; call += 1)
      expect(textOf(await collect(routed.chat(request, open())))).toContain("well");
    expect((await routed.embed({ model: "m", input: ["a"] }, open())).vectors).toHaveLength(1);
  });

  it("never does after the first token", async () => {
    const halves = ["a", "b"].map((id) => new ScriptedEndpoint(id, [{ tokens: 1, failure: "model-unavailable" }]));
    const { routed } = make(...halves);
    let text = "";
    const read = async () => {
      for await (const part of routed.chat(request, open())) if (part.type === "text-delta") text += part.delta;
    };
    await expect(read()).rejects.toMatchObject({ code: "model-unavailable" });
    expect(text).toMatch(/^[ab]0 $/);
    expect(halves.map(({ calls }) => calls).toSorted()).toEqual([0, 1]);
  });

  it("does not bother another replica with what this one refused for good", async () => {
    const refusing = new ScriptedEndpoint("a", [{ tokens: 0, failure: "model-rejected" }]);
    const other = new ScriptedEndpoint("b", [{ tokens: 0, failure: "model-rejected" }]);
    const { routed } = make(refusing, other);
    await expect(collect(routed.chat(request, open()))).rejects.toMatchObject({ code: "model-rejected" });
    expect(refusing.calls + other.calls).toBe(1);
  });

  it("refuses by itself, and says why and for how long, when every breaker is open", async () => {
    const { routed, replicas, clock } = make(new ScriptedEndpoint("a"), new ScriptedEndpoint("b"));
    for (const replica of replicas) {
      breakOpen(replica);
      await markDown(replica);
    }
    const failure = await collect(routed.chat(request, open())).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LocalRefusal);
    expect(failure).toMatchObject({ code: "model-unavailable", options: { retryAfterMs: 5000 } });
    expect(String(failure)).toContain("It is down.");
    clock.advance(5000);
    expect((await collect(routed.chat(request, open()))).at(-1)?.type).toBe("finish");
  });

  it("says so when there is no replica at all", async () => {
    const { routed } = make();
    await expect(collect(routed.chat(request, open()))).rejects.toMatchObject({
      code: "model-unavailable",
      message: expect.stringContaining("not running"),
    });
  });
});
