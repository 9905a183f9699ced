import { describe, expect, it } from "vitest";
import { defaultThreads, type Environment, parseOptions } from "./options";

const parse = (args: string[], environment: Environment = {}) => parseOptions(args, environment, 8);

describe("parseOptions", () => {
  it("listens on this machine only unless told otherwise", () => {
    expect(parse([])).toMatchObject({
      ok: true,
      value: { host: "127.0.0.1", port: 0, key: undefined, gpu: "auto" },
    });
  });

  it("takes GGUF files by name, by path and from the environment", () => {
    const parsed = parse(["--gguf", "mine=/models/a.gguf", "--gguf", "/models/Other-7B.Q4.GGUF"], {
      PIPEWRIGHT_GGUF: "/x/env.gguf",
    });
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        ggufs: [
          { id: "mine", path: "/models/a.gguf" },
          { id: "Other-7B.Q4", path: "/models/Other-7B.Q4.GGUF" },
          { id: "env", path: "/x/env.gguf" },
        ],
      },
    });
  });

  it("lets an argument win over the environment", () => {
    expect(parse(["--threads", "3"], { PIPEWRIGHT_THREADS: "5" })).toMatchObject({ value: { threads: 3 } });
    expect(parse([], { PIPEWRIGHT_THREADS: "5", PIPEWRIGHT_GPU: "off" })).toMatchObject({
      value: { threads: 5, gpu: "off" },
    });
  });

  it("keeps models for ten minutes and hears half an hour unless told otherwise", () => {
    expect(parse([])).toMatchObject({ value: { idleMs: 600_000, audioSeconds: 1800 } });
    expect(parse(["--idle-minutes", "0", "--audio-minutes", "120"])).toMatchObject({
      value: { idleMs: Number.POSITIVE_INFINITY, audioSeconds: 7200 },
    });
    expect(parse(["--audio-minutes", "121"])).toMatchObject({ ok: false });
  });

  it("names everything that is wrong", () => {
    const parsed = parse(["--port", "70000", "--threads", "many", "--gpu", "maybe"]);
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    for (const name of ["--port", "--threads", "--gpu"]) expect(parsed.error).toContain(name);
    expect(parse(["--unknown"])).toMatchObject({ ok: false });
  });
});

describe("defaultThreads", () => {
  it("leaves a small machine to the other work on it", () => {
    expect([1, 2, 4, 64].map(defaultThreads)).toEqual([1, 1, 3, 8]);
  });
});
