import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BoundedQueue } from "./queue";

const never = new AbortController().signal;

/** A task that ends when the test says so. */
function held() {
  let end = () => {};
  let started = false;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    end: () => end(),
    get started() {
      return started;
    },
    task: async () => {
      started = true;
      await ended;
    },
  };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("BoundedQueue", () => {
  it("runs in order, no more at once than allowed", async () => {
    const queue = new BoundedQueue({ running: 2, waiting: 5 }, () => 0);
    const tasks = [held(), held(), held(), held()];
    const done = tasks.map(({ task }) => queue.run(task, never));
    await settle();
    expect(tasks.map(({ started }) => started)).toEqual([true, true, false, false]);
    expect(queue.depth).toMatchObject({ running: 2, waiting: 2 });
    tasks[1]?.end();
    await settle();
    expect(tasks.map(({ started }) => started)).toEqual([true, true, true, false]);
    for (const { end } of tasks) end();
    expect((await Promise.all(done)).every(({ ok }) => ok)).toBe(true);
    expect(queue.depth).toMatchObject({ running: 0, waiting: 0 });
  });

  it("lets what costs much less go first, but passes nobody for ever", async () => {
    const queue = new BoundedQueue({ running: 1, waiting: 40 }, () => 0);
    const first = held();
    const order: string[] = [];
    const note = (name: string) => async () => {
      order.push(name);
    };
    const all = [
      queue.run(first.task, never, 1000),
      queue.run(note("book"), never, 1000),
      queue.run(note("page"), never, 400),
      ...Array.from({ length: 12 }, (_, index) => queue.run(note(`question ${index}`), never, 20)),
    ];
    first.end();
    await Promise.all(all);
    expect(order.slice(0, 9)).toEqual([...Array.from({ length: 8 }, (_, index) => `question ${index}`), "book"]);
    expect(order.at(-1)).toBe("page");
  });

  it("turns away the one too many and says when to come back", async () => {
    let now = 0;
    const queue = new BoundedQueue({ running: 1, waiting: 1 }, () => now);
    await queue.run(async () => {
      now += 11_000;
    }, never);
    const first = held();
    const second = held();
    const running = [queue.run(first.task, never), queue.run(second.task, never)];
    const refused = await queue.run(async () => {}, never);
    // 1 s assumed at first, the newest of 11 s weighs 0.3: 4 s each, two ahead.
    expect(refused).toEqual({ ok: false, error: { reason: "full", waiting: 1, retryAfterSeconds: 8 } });
    first.end();
    second.end();
    await Promise.all(running);
  });

  it("frees the place of one who leaves while waiting", async () => {
    const queue = new BoundedQueue({ running: 1, waiting: 1 }, () => 0);
    const first = held();
    const running = queue.run(first.task, never);
    const leaver = new AbortController();
    const left = queue.run(async () => "ran", leaver.signal);
    await settle();
    leaver.abort();
    expect(await left).toEqual({ ok: false, error: { reason: "left" } });
    const next = queue.run(async () => "ran", never);
    first.end();
    expect(await next).toEqual({ ok: true, value: "ran" });
    await running;
    expect(await queue.run(async () => "ran", AbortSignal.abort())).toEqual({ ok: false, error: { reason: "left" } });
  });

  it("frees the place of a task that throws", async () => {
    const queue = new BoundedQueue({ running: 1, waiting: 0 }, () => 0);
    await expect(queue.run(() => Promise.reject(new Error("broken")), never)).rejects.toThrow("broken");
    expect(await queue.run(async () => 1, never)).toEqual({ ok: true, value: 1 });
  });

  it("never loses a place, whatever comes, leaves, ends and fails", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ running: fc.integer({ min: 1, max: 3 }), waiting: fc.integer({ min: 0, max: 4 }) }),
        fc.array(fc.record({ kind: fc.constantFrom("end", "fail", "leave", "come"), pick: fc.nat() }), {
          maxLength: 40,
        }),
        async (limits, steps) => {
          const queue = new BoundedQueue(limits, () => 0);
          const open: { leave: AbortController; end: (fail: boolean) => void }[] = [];
          const all: Promise<unknown>[] = [];
          for (const { kind, pick } of steps) {
            if (kind === "come") {
              const leave = new AbortController();
              let end: (fail: boolean) => void = () => {};
              const work = new Promise<void>((resolve, reject) => {
                end = (fail) => (fail ? reject(new Error("failed")) : resolve());
              });
              work.catch(() => undefined);
              open.push({ leave, end });
              all.push(queue.run(() => work, leave.signal).catch(() => undefined));
            } else if (open.length > 0) {
              const [one] = open.splice(pick % open.length, 1);
              if (kind === "leave") one?.leave.abort();
              one?.end(kind === "fail");
            }
            await settle();
            expect(queue.depth.running).toBeLessThanOrEqual(limits.running);
            expect(queue.depth.waiting).toBeLessThanOrEqual(limits.waiting);
            if (queue.depth.waiting > 0) expect(queue.depth.running).toBe(limits.running);
          }
          for (const { end } of open) end(false);
          await Promise.all(all);
          expect(queue.depth).toMatchObject({ running: 0, waiting: 0 });
        },
      ),
      { numRuns: 100 },
    );
  });
});
