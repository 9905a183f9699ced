import { describe, expect, it } from "vitest";
import { NodeFailure } from "@/runtime/node/node-failure";
import { ManualClock } from "@/runtime/testing/manual-clock";
import { Health, maxHealthEntries } from "./health";

const make = () => {
  const clock = new ManualClock();
  return { clock, health: new Health(clock) };
};
const up = { probe: async () => {} };
const down = {
  probe: () => Promise.reject(new NodeFailure("model-unavailable", "It refuses.", { hint: "Start it." })),
};

describe("the health of a replica", () => {
  it("is unknown before anything was heard", () => {
    expect(make().health.view).toEqual({
      state: "unknown",
      latencyMs: null,
      checkedAt: null,
      error: null,
      history: [],
    });
  });

  it("is what the last probe said", async () => {
    const { health, clock } = make();
    clock.advance(5);
    await health.probe(up, 1000);
    expect(health.view).toMatchObject({ state: "up", latencyMs: 0, checkedAt: 5, error: null });
    clock.advance(5);
    await health.probe(down, 1000);
    expect(health.view).toMatchObject({
      state: "down",
      checkedAt: 10,
      error: { code: "model-unavailable", message: "It refuses.", hint: "Start it." },
    });
    await health.probe(up, 1000);
    expect(health.view).toMatchObject({ state: "up", error: null });
    expect(health.view.history.map(({ ok }) => ok)).toEqual([true, false, true]);
  });

  it("is down when a probe is not answered in time", async () => {
    const { health, clock } = make();
    const probing = health.probe({ probe: () => new Promise(() => {}) }, 1000);
    clock.advance(1000);
    await probing;
    expect(health.view).toMatchObject({ state: "down", error: { code: "model-timeout" } });
  });

  it("says nothing of what a bug threw", async () => {
    const { health } = make();
    await health.probe({ probe: () => Promise.reject(new Error("secret inside")) }, 1000);
    expect(JSON.stringify(health.view)).not.toContain("secret");
  });

  it("is asked for by one probe at a time", async () => {
    const { health } = make();
    let probes = 0;
    const counting = {
      probe: async () => {
        probes += 1;
      },
    };
    await Promise.all([health.probe(counting, 1000), health.probe(counting, 1000), health.probe(counting, 1000)]);
    expect(probes).toBe(1);
  });

  it("is not asked for again while the news is fresh", async () => {
    const { health, clock } = make();
    let probes = 0;
    const counting = {
      probe: async () => {
        probes += 1;
      },
    };
    for (const pause of [0, 999, 1, 1000]) {
      clock.advance(pause);
      await health.probeIfOlder(counting, 1000, 500);
    }
    expect(probes).toBe(3);
  });

  it("is learnt from calls that succeed, a few of them written down", async () => {
    const { health, clock } = make();
    await health.probe(down, 1000);
    for (let call = 0; call < 100; call += 1) {
      const observer = health.enter();
      clock.advance(20);
      observer.firstPart?.();
    }
    expect(health.view.state).toBe("up");
    expect(health.view.history.length).toBeLessThan(5);
  });

  it("keeps a bounded history, the newest of it", async () => {
    const { health, clock } = make();
    for (let probe = 0; probe < maxHealthEntries + 30; probe += 1) {
      clock.advance(1);
      await health.probe(up, 1000);
    }
    expect(health.view.history).toHaveLength(maxHealthEntries);
    expect(health.view.history.at(-1)?.at).toBe(maxHealthEntries + 30);
  });

  describe("of a server that lists no models", () => {
    const without = (code: "model-protocol" | "model-unauthorized") => ({
      probe: () => Promise.reject(new NodeFailure(code, "No list.")),
    });

    it.each(["model-protocol", "model-unauthorized"] as const)("is not down for that (%s)", async (code) => {
      const { health } = make();
      await health.probe(without(code), 1000);
      expect(health.view).toMatchObject({ state: "unknown", error: { message: "No list." } });
      health.enter().firstPart?.();
      await health.probe(without(code), 1000);
      expect(health.view).toMatchObject({ state: "up", error: null });
    });

    it("is down where the first calls fail too, and up with the first that does not", async () => {
      const { health } = make();
      await health.probe(without("model-unauthorized"), 1000);
      health.enter().failure?.(new NodeFailure("model-unauthorized", "Wrong key."));
      await health.probe(without("model-unauthorized"), 1000);
      expect(health.view).toMatchObject({ state: "down", error: { message: "Wrong key." } });
      health.enter().firstPart?.();
      health.enter().failure?.(new NodeFailure("model-unauthorized", "Not for this model."));
      expect(health.view.state).toBe("up");
    });

    it("is down where nothing answers at all, and no longer where something does", async () => {
      const { health } = make();
      await health.probe(down, 1000);
      await health.probe(without("model-protocol"), 1000);
      expect(health.view.state).toBe("unknown");
      const mute = new NodeFailure("model-protocol", "No HTTP here.", { unreached: true });
      await health.probe({ probe: () => Promise.reject(mute) }, 1000);
      expect(health.view.state).toBe("down");
    });
  });
});
