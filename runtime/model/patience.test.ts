import { describe, expect, it } from "vitest";
import type { ChatPart, ChatRequest } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import { collect, textOf } from "@/runtime/testing/endpoint-conformance";
import { Gate } from "@/runtime/testing/gate";
import { ManualClock } from "@/runtime/testing/manual-clock";
import { ScriptedEndpoint } from "@/runtime/testing/scripted-endpoint";
import type { Endpoint, ModelWait, Patience } from "./endpoint";
import { createGateway, type GatewayModel } from "./gateway";
import { GatewayState } from "./gateway-state";

const hourMs = 3_600_000;

/** An endpoint whose `answer` may throw; otherwise it answers "ok". */
const endpointOf = (
  answer: (request: ChatRequest) => void,
  hold: (request: ChatRequest) => Promise<void>,
): Endpoint => ({
  ...new ScriptedEndpoint("scripted"),
  async *chat(request): AsyncGenerator<ChatPart> {
    answer(request);
    await hold(request);
    yield { type: "text-delta", delta: "ok" };
    yield {
      type: "finish",
      reason: "stop",
      outcome: null,
      usage: { inputTokens: 50, outputTokens: 50 },
      costMicroUsd: null,
      model: request.model,
    };
  },
});

const make = (
  answer: (request: ChatRequest, clock: ManualClock) => void,
  models: readonly Partial<GatewayModel>[] = [{}],
  hold: (request: ChatRequest) => Promise<void> = async () => {},
) => {
  const clock = new ManualClock();
  clock.advance(1_000);
  const state = new GatewayState(clock);
  const endpoint = endpointOf((request) => answer(request, clock), hold);
  const gateway = createGateway({
    endpoints: [
      {
        key: "lab",
        slug: "lab",
        name: "Lab",
        replicas: [{ key: "r", weight: 1, endpoint }],
        models: models.map((model, index) => ({
          name: `m${index}`,
          chat: true,
          inputMicroUsdPerM: null,
          outputMicroUsdPerM: null,
          ...model,
        })),
        limits: { maxConcurrency: 8, maxQueue: 1_000, maxWaitMs: 60_000 },
        retry: { attempts: 2, baseDelayMs: 10, maxDelayMs: 10, longestRetryAfterMs: 100 },
      },
    ],
    defaults: {},
    state,
    random: () => 0,
  });
  const ask = async (patience?: Patience, model = "lab/m0", signal = new AbortController().signal) => {
    const options = { signal, onCall: () => {}, ...(patience === undefined ? {} : { patience }) };
    return textOf(await collect(gateway.chat({ model, messages: [] }, options)));
  };
  /** Lets time pass in steps until all is settled. */
  const through = async <T>(work: Promise<T>, stepMs = 100): Promise<T> => {
    let isDone = false;
    void work
      .catch(() => {})
      .finally(() => {
        isDone = true;
      });
    for (let steps = 0; !isDone && steps < 200_000; steps += 1) {
      await new Promise(setImmediate);
      if (!isDone && clock.pending > 0) clock.advance(stepMs);
    }
    return work;
  };
  return { clock, state, ask, through, gateway };
};

const limited = (retryAfterMs?: number, message = "It limits the rate (429)") =>
  new NodeFailure("model-rate-limited", message, {
    passing: true,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });

describe("a call of a job", () => {
  it("waits as long as the server asks, says so, and is answered", async () => {
    const waits: (ModelWait | null)[] = [];
    let calls = 0;
    const { ask, through, clock } = make(() => {
      calls += 1;
      if (calls === 1) throw limited(60_000);
    });
    const begun = clock.now();
    expect(await through(ask({ longestMs: hourMs, onWait: (wait) => waits.push(wait) }))).toBe("ok");
    expect(clock.now() - begun).toBeGreaterThanOrEqual(60_000);
    expect(calls).toBe(2);
    expect(waits).toEqual([{ model: "lab/m0", until: begun + 60_000 }, null]);
  });

  it("gives up where the server asks for more than it may wait, and says how long both are", async () => {
    const { ask, through } = make(() => {
      throw limited(2 * hourMs);
    });
    const failure = await through(ask({ longestMs: 30 * 60_000 }).catch((error: unknown) => error));
    expect(failure).toMatchObject({ code: "model-rate-limited", options: { passing: true, retryAfterMs: 2 * hourMs } });
    expect((failure as Error).message).toContain("wait 2 h more");
    expect((failure as Error).message).toContain("30 min at most");
  });

  it("asks once in a while although the model said to stay away for longer than it waits", async () => {
    let calls = 0;
    const { ask, through, clock } = make(() => {
      calls += 1;
      if (calls === 1) throw limited(2 * hourMs);
    });
    const patience = { longestMs: 30 * 60_000 };
    await through(ask(patience).catch(() => {}));
    await expect(through(ask(patience))).rejects.toMatchObject({ code: "model-rate-limited" });
    expect(calls).toBe(1);
    clock.advance(60_000);
    expect(await through(ask(patience))).toBe("ok");
    // It is open again for all.
    expect(await through(ask(patience))).toBe("ok");
  });

  it("waits with growing pauses for a model that only says that it is loading, and not for ever", async () => {
    let calls = 0;
    const { ask, through, clock } = make(() => {
      calls += 1;
      throw new NodeFailure("model-unavailable", "Loading model", { passing: true });
    });
    const begun = clock.now();
    const failure = await through(
      ask({ longestMs: hourMs }).catch((error: unknown) => error),
      1_000,
    );
    expect(failure).toMatchObject({ code: "model-unavailable", options: { passing: true } });
    expect(clock.now() - begun).toBeLessThanOrEqual(hourMs + 1_000);
    expect(calls).toBeGreaterThan(20);
    expect(calls).toBeLessThan(201);
  });

  it("ends at once when it is cancelled while it waits", async () => {
    const controller = new AbortController();
    const { ask } = make(() => {
      throw limited(60_000);
    });
    const asked = ask({ longestMs: hourMs }, "lab/m0", controller.signal);
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    controller.abort();
    await expect(asked).rejects.toMatchObject({ code: "aborted" });
  });

  it("does not wait for what does not pass", async () => {
    let calls = 0;
    const { ask, through } = make(() => {
      calls += 1;
      throw new NodeFailure("model-rejected", "Too long.");
    });
    await expect(through(ask({ longestMs: hourMs }))).rejects.toMatchObject({ code: "model-rejected" });
    expect(calls).toBe(1);
  });
});

describe("a call of a person", () => {
  it("is refused soon, with how long the server asks to wait", async () => {
    let calls = 0;
    const { ask, through, clock } = make(() => {
      calls += 1;
      throw limited(60_000);
    });
    const begun = clock.now();
    await expect(through(ask())).rejects.toMatchObject({
      code: "model-rate-limited",
      options: { retryAfterMs: 60_000 },
    });
    expect([calls, clock.now() - begun]).toEqual([1, 0]);
  });

  it("does not wait for the turn of jobs", async () => {
    let open = false;
    const { ask, through, clock } = make(() => {
      if (!open) throw limited(60_000);
    });
    await through(ask().catch(() => {}));
    open = true;
    const begun = clock.now();
    expect(await through(ask())).toBe("ok");
    expect(clock.now()).toBe(begun);
  });
});

/** Lets so many calls a minute through, in a window that slides. */
const window = (perMinute: number, message?: string) => {
  const taken: number[] = [];
  const counts = { refused: 0, answered: 0 };
  const answer = (_: ChatRequest, clock: ManualClock) => {
    const now = clock.now();
    while (taken[0] !== undefined && taken[0] <= now - 60_000) taken.shift();
    if (taken.length >= perMinute) {
      counts.refused += 1;
      throw limited((taken[0] ?? now) + 60_000 - now + 1, message);
    }
    taken.push(now);
    counts.answered += 1;
  };
  return { counts, answer };
};

describe("a long job at a limited model", () => {
  it.each([
    ["that states no limit", 30, undefined, 0.2],
    ["that states its limit of requests", 30, "on requests per min (RPM): Limit 30, Used 30, Requested 1.", 0.1],
    ["that states its limit of tokens", 30, "on tokens per min (TPM): Limit 3000, Used 3000, Requested 100.", 0.1],
  ])("%s gets all its answers and is seldom refused", async (_, perMinute, message, share) => {
    const { counts, answer } = window(perMinute, message);
    const { ask, through, clock } = make(answer);
    const begun = clock.now();
    const wanted = 240;
    let left = wanted;
    const work = Promise.all(
      Array.from({ length: 8 }, async () => {
        while (left > 0) {
          left -= 1;
          expect(await ask({ longestMs: hourMs })).toBe("ok");
        }
      }),
    );
    await through(work, 500);
    expect(counts.answered).toBe(wanted);
    expect(counts.refused / wanted).toBeLessThan(share);
    // Not much slower than the limit itself allows.
    expect(clock.now() - begun).toBeLessThan((wanted / perMinute) * 60_000 * 1.8);
  });

  it("spreads its calls over what the headers say is left", async () => {
    const { state, ask, through, clock } = make(() => {});
    state
      .replica("r")
      .model("m0")
      .pace.heard({ requests: { remaining: 2, limit: 60, resetMs: 60_000 }, tokens: null });
    const begun = clock.now();
    await through(Promise.all([1, 2, 3].map(() => ask({ longestMs: hourMs }))));
    expect(clock.now() - begun).toBeGreaterThanOrEqual(60_000);
  });
});

describe("the models of one endpoint", () => {
  it("do not close each other: one that fails leaves its siblings open", async () => {
    const { ask, through, state } = make(
      ({ model }) => {
        if (model === "m0") throw new NodeFailure("model-unavailable", "The server had an error.");
      },
      [{}, {}],
    );
    for (let count = 0; count < 8; count += 1) await through(ask().catch(() => {}));
    expect(await ask(undefined, "lab/m1")).toBe("ok");
    await expect(through(ask())).rejects.toThrow('model "m0" of the endpoint "Lab" failed several times');
    expect(state.replica("r").breaker.state).toBe("closed");
    expect(state.replica("r").troubled.map(({ name }) => name)).toEqual(["m0"]);
  });

  it("are all closed where the server itself cannot be reached", async () => {
    const { ask, through } = make(() => {
      throw new NodeFailure("model-unavailable", "It refuses connections.", { unreached: true });
    }, [{}, {}]);
    for (let count = 0; count < 5; count += 1) await through(ask().catch(() => {}));
    await expect(through(ask(undefined, "lab/m1"))).rejects.toThrow('The endpoint "Lab" failed several times');
  });

  it("pace themselves: a limit met by one holds no other", async () => {
    const { ask, through, clock } = make(
      ({ model }) => {
        if (model === "m0") throw limited(60_000);
      },
      [{}, {}],
    );
    await through(ask({ longestMs: 10 }).catch(() => {}));
    const begun = clock.now();
    expect(await through(ask({ longestMs: hourMs }, "lab/m1"))).toBe("ok");
    expect(clock.now()).toBe(begun);
  });

  it("have places of their own within the endpoint's, and a full one holds no place of its siblings'", async () => {
    const under = { m0: 0, m1: 0 };
    const most = { m0: 0, m1: 0 };
    const gate = new Gate();
    const { gateway } = make(
      () => {},
      [{ maxConcurrency: 1 }, {}],
      async ({ model }) => {
        const name = model as "m0" | "m1";
        under[name] += 1;
        most[name] = Math.max(most[name], under[name]);
        await gate.wait();
        under[name] -= 1;
      },
    );
    const options = () => ({ signal: new AbortController().signal, onCall: () => {} });
    const asked = [
      "lab/m0",
      "lab/m0",
      "lab/m0",
      "lab/m0",
      "lab/m1",
      "lab/m1",
      "lab/m1",
      "lab/m1",
      "lab/m1",
      "lab/m1",
    ].map((model) => collect(gateway.chat({ model, messages: [] }, options())));
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    expect(under).toEqual({ m0: 1, m1: 6 });
    gate.open();
    expect(await Promise.all(asked)).toHaveLength(10);
    expect(most.m0).toBe(1);
  });

  it("of which only the newest two thousand are remembered", () => {
    const { state } = make(() => {});
    const replica = state.replica("r");
    for (let index = 0; index < 2_100; index += 1) replica.model(`x${index}`);
    expect(replica.known("x0")).toBeUndefined();
    expect(replica.known("x2099")).toBeDefined();
  });
});
