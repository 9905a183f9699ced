import { afterAll, describe, expect, it } from "vitest";
import { CodeThreads } from "./code-threads";

const threads = new CodeThreads({ root: process.cwd(), threads: 1, queue: 2 });
afterAll(() => threads.close());

const program = (code: string, milliseconds = 300) => ({ code, inputs: { n: 2 }, milliseconds, megabytes: 16 });
const open = () => new AbortController().signal;

describe("threads for code", () => {
  it("run one program after another", async () => {
    const all = await Promise.all(
      ["return inputs.n;", "return inputs.n + 1;"].map((code) => threads.run("a", program(code), open())),
    );
    expect(all).toMatchObject([{ value: 2 }, { value: 3 }]);
  });

  it("end one that the engine cannot stop, and go on with the next", async () => {
    const endless = threads.run(
      "a",
      program("Array(1e9).join('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx').length; return 1;", 100),
      open(),
    );
    const next = threads.run("a", program("return 4;"), open());
    expect(await endless).toMatchObject({ ok: false });
    expect(await next).toMatchObject({ ok: true, value: 4 });
  });

  it("end one that is cancelled", async () => {
    const controller = new AbortController();
    const cancelled = threads.run("a", program("for (;;);", 60_000), controller.signal);
    controller.abort(new Error("enough"));
    await expect(cancelled).rejects.toThrow("enough");
    expect(await threads.run("a", program("return 5;"), open())).toMatchObject({ value: 5 });
    await expect(threads.run("a", program("return 1;"), AbortSignal.abort(new Error("before")))).rejects.toThrow(
      "before",
    );
  });

  it("refuse more than may wait", async () => {
    const all = [1, 2, 3, 4].map((n) => threads.run("a", program(`return ${n};`), open()));
    await expect(all[3]).rejects.toMatchObject({ code: "code-failed" });
    expect(await Promise.all(all.slice(0, 3))).toMatchObject([{ value: 1 }, { value: 2 }, { value: 3 }]);
  });

  it("give every holder its turn, however many another one waits for", async () => {
    const few = new CodeThreads({ root: process.cwd(), threads: 1 });
    const ended: string[] = [];
    const run = async (holder: string, name: string) => {
      await few.run(holder, program("for (;;);", 50), open());
      ended.push(name);
    };
    const flood = ["a1", "a2", "a3", "a4", "a5"].map((name) => run("a", name));
    await Promise.all([...flood, run("b", "b1"), run("b", "b2")]);
    // The first two of a stood in line before anybody of b did.
    expect(ended).toEqual(["a1", "a2", "b1", "a3", "b2", "a4", "a5"]);
    await few.close();
  });

  it("keep one thread from a holder whose programs do not end", async () => {
    const two = new CodeThreads({ root: process.cwd(), threads: 2 });
    const controller = new AbortController();
    const endless = [1, 2, 3].map(() => two.run("a", program("for (;;);", 60_000), controller.signal));
    const all = Promise.allSettled(endless);
    expect(await two.run("b", program("return 6;"), open())).toMatchObject({ value: 6 });
    controller.abort(new Error("enough"));
    expect(await all).toMatchObject(endless.map(() => ({ status: "rejected", reason: { message: "enough" } })));
    await two.close();
  });
});
