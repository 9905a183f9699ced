import { describe, expect, it, vi } from "vitest";
import { type Backend, type Client, createSessionQueue } from "./session-queue";

const ready = (state: string) =>
  Buffer.from([..."Z"].map((letter) => letter.charCodeAt(0)).concat([0, 0, 0, 5, state.charCodeAt(0)]));

/** A backend that opens and ends transactions by the words it is given, and can be made to wait. */
const setUp = (maxIdleMs = 60_000) => {
  const log: string[] = [];
  let inTransaction = false;
  const backend: Backend = {
    answer: async (unit) => {
      const text = Buffer.concat([...unit]).toString();
      log.push(text);
      if (text.endsWith("break")) throw new Error("out of memory");
      if (text.endsWith("begin")) inTransaction = true;
      if (text.endsWith("commit")) inTransaction = false;
      return text.endsWith("flush") ? Buffer.alloc(0) : ready(inTransaction ? "T" : "I");
    },
    rollback: async () => {
      inTransaction = false;
      log.push("rollback");
    },
  };
  const onBroken = vi.fn();
  const queue = createSessionQueue(backend, { maxIdleMs, onBroken });
  const connect = (name: string) => {
    const unanswered: (() => void)[] = [];
    const dropped = vi.fn(() => queue.leave(client));
    const client: Client = { reply: () => unanswered.shift()?.(), drop: dropped };
    const say = (words: string) =>
      new Promise<void>((resolve) => {
        unanswered.push(resolve);
        queue.submit(client, [Buffer.from(`${name} ${words}`)]);
      });
    return { say, leave: () => queue.leave(client), dropped };
  };
  return { log, connect, onBroken };
};

describe("sharing one session", () => {
  it("answers units in the order they came", async () => {
    const { log, connect } = setUp();
    const [a, b] = [connect("a"), connect("b")];
    await Promise.all([a.say("1"), b.say("2"), a.say("3")]);
    expect(log).toEqual(["a 1", "b 2", "a 3"]);
  });

  it("lets nobody into an open transaction", async () => {
    const { log, connect } = setUp();
    const [a, b] = [connect("a"), connect("b")];
    await a.say("begin");
    const other = b.say("2");
    await a.say("1");
    await a.say("commit");
    await other;
    expect(log).toEqual(["a begin", "a 1", "a commit", "b 2"]);
  });

  it("waits for the rest of an answer that was asked for in parts", async () => {
    const { log, connect } = setUp();
    const [a, b] = [connect("a"), connect("b")];
    await a.say("flush");
    const other = b.say("2");
    await a.say("sync");
    await other;
    expect(log).toEqual(["a flush", "a sync", "b 2"]);
  });

  it("rolls back the transaction of a client that leaves", async () => {
    const { log, connect } = setUp();
    const [a, b] = [connect("a"), connect("b")];
    await a.say("begin");
    const other = b.say("2");
    a.leave();
    await other;
    expect(log).toEqual(["a begin", "rollback", "b 2"]);
  });

  it("ends a transaction in which nothing happens for too long", async () => {
    const { log, connect } = setUp(20);
    const [a, b] = [connect("a"), connect("b")];
    await a.say("begin");
    await b.say("2");
    expect(a.dropped).toHaveBeenCalledOnce();
    expect(log).toEqual(["a begin", "rollback", "b 2"]);
  });

  it("answers nothing more once the backend broke down", async () => {
    const { connect, onBroken, log } = setUp();
    const a = connect("a");
    void a.say("break");
    await vi.waitFor(() => expect(onBroken).toHaveBeenCalledOnce());
    void a.say("1");
    expect(log).toEqual(["a break"]);
  });
});
