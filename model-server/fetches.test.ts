import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { Fetches } from "./fetches";

const root = path.join(os.tmpdir(), "pipewright-no-such-cache");
const model = "qwen2.5-coder-0.5b";

describe("Fetches", () => {
  it("begins once what is asked for twice, and says so while it goes on", async () => {
    const asked: (readonly string[])[] = [];
    let end = () => {};
    const promise = new Promise<{ missing: [] }>((resolve) => {
      end = () => resolve({ missing: [] });
    });
    const fetches = new Fetches(root, ({ only }) => {
      asked.push(only);
      return promise;
    });
    expect(fetches.progress(model)).toBe(undefined);
    expect([fetches.start(model), fetches.start(model)]).toEqual([true, true]);
    expect(asked).toEqual([[model]]);
    expect(fetches.progress(model)).toEqual({ bytesDone: 0, bytesTotal: 0 });
    end();
    await expect.poll(() => fetches.progress(model)).toBe(undefined);
    expect(fetches.failure(model)).toBe(undefined);
  });

  it("keeps the reason of a failure until it is tried again", async () => {
    const ends = [
      Promise.resolve({ missing: [{ reason: "no route" }] }),
      Promise.reject(new Error("disk")),
      new Promise<never>(() => {}),
    ];
    const fetches = new Fetches(root, () => ends.shift() ?? Promise.reject(new Error("asked too often")));
    for (const reason of ["no route", "disk"]) {
      fetches.start(model);
      await expect.poll(() => fetches.failure(model)).toBe(reason);
    }
    fetches.start(model);
    expect(fetches.failure(model)).toBe(undefined);
  });

  it("knows only what the manifest has", () => {
    expect(new Fetches(root, () => Promise.reject(new Error("asked"))).start("../../etc")).toBe(false);
  });
});
