import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { inProject } from "../project.mjs";
import { findTool } from "./find-tool.mjs";
import { installSteps, pythonOf } from "./install-steps.mjs";
import { lockParts } from "./lock-parts.mjs";
import { readTrainerOptions } from "./options.mjs";
import { countsIn } from "./python-tests.mjs";

describe("the options of npm run trainer", () => {
  it("hand the trainer what is its own, with whole paths", () => {
    const { rest, environment } = readTrainerOptions(["--port", "9000", "--models", "bases", "--hub"], {});
    expect(rest).toEqual(["--port", "9000", "--models", path.resolve("bases"), "--hub"]);
    expect(environment).toBeNull();
  });

  it("take the environment from the command line first", () => {
    const set = { PIPEWRIGHT_TRAINER_ENVIRONMENT: "/a" };
    expect(readTrainerOptions([], set).environment).toBe(path.resolve("/a"));
    expect(readTrainerOptions(["--environment", "/b"], set).environment).toBe(path.resolve("/b"));
  });

  it.each([["--index", "pypi"], ["--torch-index", "file:///x"], ["--gpu"]])("refuse %s %s", (...words) => {
    expect(() =>
      readTrainerOptions(
        words.filter((word) => word !== undefined),
        {},
      ),
    ).toThrow(/index|gpu/);
  });
});

describe("the lock of the trainer", () => {
  it("is split into PyTorch's build and the rest", async () => {
    const lock = await readFile(inProject("runtime", "trainer", "requirements.txt"), "utf8");
    const { torch, rest } = lockParts(lock);
    expect(torch).toMatch(/^torch==\d+\.\d+\.\d+$/);
    const names = [...rest.matchAll(/^([a-z0-9-]+)==/gm)].map(([, name]) => name);
    expect(names).toEqual(expect.arrayContaining(["transformers", "peft", "trl", "accelerate", "psutil", "pydantic"]));
    expect(names.filter((name) => /^(torch|triton|nvidia|cuda)/.test(name ?? ""))).toEqual([]);
    // Each package that is left keeps its hashes.
    for (const entry of rest.trim().split(/\n(?=[a-z0-9])/)) expect(entry).toContain("--hash=sha256:");
  });
});

describe("making the environment", () => {
  const wanted = { folder: "/e", lock: "/l", rest: "/r", torch: "torch==1", index: null, torchIndex: null };

  it("installs the whole lock by its hashes", () => {
    const [make, install, ...more] = installSteps({ kind: "python", program: "python3" }, wanted);
    expect(make).toEqual({ program: "python3", words: ["-m", "venv", "/e"] });
    expect(install?.program).toBe(pythonOf("/e"));
    expect(install?.words).toEqual(expect.arrayContaining(["--require-hashes", "--no-deps", "/l"]));
    expect(more).toEqual([]);
  });

  it("takes PyTorch alone from the index named for it", () => {
    const steps = installSteps(
      { kind: "uv", program: "uv" },
      { ...wanted, index: "https://i/", torchIndex: "https://t/" },
    );
    expect(steps[1]?.words).toEqual(expect.arrayContaining(["https://t/", "torch==1"]));
    expect(steps[2]?.words).toEqual(expect.arrayContaining(["--require-hashes", "/r", "https://i/"]));
    expect(steps[2]?.words).not.toContain("https://t/");
  });
});

describe("what makes the environment", () => {
  const machine = (programs: Record<string, { status: number; output: string }>) => async (program: string) =>
    programs[program] ?? null;

  it("is uv where it is there", async () => {
    expect(
      await findTool(machine({ uv: { status: 0, output: "uv 1" }, python3: { status: 0, output: "3.12\n" } })),
    ).toEqual({
      kind: "uv",
      program: "uv",
    });
  });

  it("is a Python that is new enough, passing over older ones", async () => {
    const found = await findTool(
      machine({ python3: { status: 0, output: "3.9\n" }, "python3.12": { status: 0, output: "3.12\n" } }),
    );
    expect(found).toEqual({ kind: "python", program: "python3.12" });
  });

  it("is missing: that is said with what to do", async () => {
    await expect(findTool(machine({}))).rejects.toThrow(/needs Python 3\.11 to 3\.14(?:.|\n)*uv/);
    await expect(findTool(machine({ python3: { status: 0, output: "3.9\n" } }))).rejects.toThrow(/python3 is 3\.9/);
    await expect(findTool(machine({ python3: { status: 1, output: "No module named venv" } }))).rejects.toThrow(
      /python3 has no module venv/,
    );
  });
});

describe("what the tests in Python say last", () => {
  it("is their counts, or nothing where they broke off", () => {
    expect(countsIn("ok\n3 passed, 1 failed\n")).toEqual({ passed: 3, failed: 1 });
    expect(countsIn("3 passed, 1 failed\nTraceback")).toBeNull();
    expect(countsIn("")).toBeNull();
  });
});
