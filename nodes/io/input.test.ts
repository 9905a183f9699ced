import { describe, expect, it } from "vitest";
import type { NodeContext } from "@/runtime/node/context";
import type { Ports } from "@/runtime/node/port";
import { describeNode } from "@/runtime/testing/node-spec";
import { inputLimits, ioInput } from "./input";

describeNode(ioInput, "nodes/io/input.ts");

const run = (fields: object[], inputs: Record<string, unknown>) =>
  ioInput.run({
    config: ioInput.config.parse({ fields }),
    inputs: {},
    ctx: { run: { id: "run", inputs } } as unknown as NodeContext,
  });
const ports = (fields: object[]): Ports =>
  typeof ioInput.outputs === "function" ? ioInput.outputs(ioInput.config.parse({ fields })) : ioInput.outputs;

describe("the fields", () => {
  it("are told to the caller with what belongs to their type, and no more", () => {
    const config = ioInput.config.parse({
      fields: [
        { name: "text", title: "Text", help: "Anything.", maxLength: 5, minimum: 3 },
        { name: "n", kind: "number", minimum: 0, maximum: 9, default: 4 },
        { name: "tier", kind: "choice", options: ["a", "b"], required: false },
        { name: "数据", kind: "json" },
        { name: "photo", kind: "image" },
        { name: "paper", kind: "file", required: false, maxMegabytes: 2, accept: [".PDF", "text/*"], maxLength: 3 },
      ],
    });
    expect(ioInput.boundary?.kind === "input" && ioInput.boundary.fields(config)).toEqual([
      { name: "text", title: "Text", help: "Anything.", kind: "text", required: true, maxLength: 5 },
      { name: "n", title: "n", kind: "number", required: false, minimum: 0, maximum: 9, default: 4 },
      { name: "tier", title: "tier", kind: "choice", required: false, options: ["a", "b"] },
      { name: "数据", title: "数据", kind: "json", required: true },
      {
        name: "photo",
        title: "photo",
        kind: "image",
        required: true,
        maxBytes: 10 * 1024 * 1024,
        accept: ["image/jpeg", "image/png", "image/webp", "image/gif"],
      },
      {
        name: "paper",
        title: "paper",
        kind: "file",
        required: false,
        maxBytes: 2 * 1024 * 1024,
        accept: [".pdf", "text/*"],
      },
    ]);
  });

  it("become ports of their kind; only a number, JSON or file that may be absent is a branch", () => {
    const made = ports([
      { name: "a", required: false },
      { name: "b", kind: "number", required: false },
      { name: "c", kind: "number", required: false, default: 1 },
      { name: "d", kind: "json", required: false },
      { name: "e", kind: "choice", options: ["x"], required: false },
      { name: "f", kind: "image" },
      { name: "g", kind: "audio", required: false },
      { name: "h", kind: "file", required: false },
    ]);
    expect(Object.entries(made).map(([name, { kind, optional }]) => [name, kind, optional])).toEqual([
      ["a", "text", false],
      ["b", "number", true],
      ["c", "number", false],
      ["d", "json", true],
      ["e", "text", false],
      ["f", "image", false],
      ["g", "audio", true],
      ["h", "file", true],
    ]);
  });

  it.each([
    [[{ name: "a" }, { name: "a" }], "Two fields"],
    [[{ name: "__proto__" }], "Use letters"],
    [[{ name: "constructor" }], "Use letters"],
    [[{ name: "two words" }], "Use letters"],
    [[{ name: "error" }], "taken"],
    [[{ name: "x".repeat(65) }], ""],
    [[{ name: "a", kind: "choice" }], "at least one choice"],
    [[{ name: "a", kind: "choice", options: ["x", "x"] }], "the same"],
    [[{ name: "a", kind: "choice", options: ["x"], default: "y" }], "one of the choices"],
    [[{ name: "a", kind: "number", minimum: 2, maximum: 1 }], "above"],
    [[{ name: "a", kind: "number", minimum: 2, default: 1 }], "out of range"],
    [[{ name: "a", maxLength: 2, default: "abc" }], "longer"],
    [[{ name: "a", default: 1 }], "must be a text"],
    [[{ name: "a", kind: "file", default: "x" }], "no default"],
    [[{ name: "a", kind: "image", maxMegabytes: 21 }], "At most 20 MB"],
    [[{ name: "a", kind: "file", maxMegabytes: 101 }], ""],
    [[{ name: "a", kind: "file", accept: ["*/*"] }], "media type"],
    [[{ name: "a", kind: "file", accept: Array(inputLimits.fileTypes + 1).fill(".pdf") }], ""],
    [[{ name: "a", maxLength: inputLimits.textLength + 1 }], ""],
    [[], ""],
    [Array.from({ length: inputLimits.fields + 1 }, (_, index) => ({ name: `f${index}` })), ""],
  ])("refuse %j", (fields, message) => {
    expect(ioInput.config.safeParse({ fields }).error?.issues[0]?.message).toContain(message);
  });
});

describe("running", () => {
  it("sends on what the caller gave, also falsy values", async () => {
    const fields = [{ name: "t" }, { name: "n", kind: "number" }, { name: "j", kind: "json" }];
    expect(await run(fields, { t: "x", n: 0, j: false, undeclared: 1 })).toEqual({ t: "x", n: 0, j: false });
  });

  it("reads nothing that the caller did not send", async () => {
    await expect(run([{ name: "valueless" }], {})).rejects.toMatchObject({
      code: "input-invalid",
      message: 'The input "valueless" is missing.',
    });
  });
});
