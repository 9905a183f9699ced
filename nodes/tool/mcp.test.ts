import { describe, expect, it } from "vitest";
import { NodeFailure } from "@/runtime/node/node-failure";
import { nodeContext } from "@/runtime/testing/node-context";
import { describeNode } from "@/runtime/testing/node-spec";
import { toolMcp } from "./mcp";

describeNode(toolMcp, "nodes/tool/mcp.ts");

const tool = {
  server: "files",
  name: "read",
  description: "Reads.",
  parameters: {
    type: "object",
    properties: {
      path: { type: "string" },
      lines: { type: "integer" },
      deep: { type: "boolean" },
      filter: { type: "object" },
      "not a name!": {},
    },
    required: ["path"],
  },
  hash: "a".repeat(64),
};
const run = (config: object, inputs: object, reply = { text: "ok", isError: false }) =>
  toolMcp.run({
    config: toolMcp.config.parse(config),
    inputs: inputs as never,
    ctx: nodeContext({ mcp: { call: async () => reply } }),
  });

describe("a step that calls an MCP tool", () => {
  it("has a port for each argument that can have one", () => {
    const ports = (toolMcp.inputs as (config: unknown) => Record<string, { kind: string; optional: boolean }>)(
      toolMcp.config.parse({ tool }),
    );
    expect(Object.entries(ports).map(([name, { kind, optional }]) => [name, kind, optional])).toEqual([
      ["path", "text", false],
      ["lines", "number", true],
      ["deep", "boolean", true],
      ["filter", "any", true],
    ]);
  });

  it("checks what it sends against the schema that was pinned", async () => {
    await expect(run({ tool }, { path: "a", lines: 1.5 })).rejects.toMatchObject({ code: "value-invalid" });
    expect(await run({ tool }, { path: "a", lines: 1 })).toEqual({ text: "ok" });
  });

  it("fails where no tool is chosen, and where the tool fails", async () => {
    await expect(run({}, {})).rejects.toMatchObject({ code: "node-failed" });
    const failing = run({ tool }, { path: "a" }, { text: "No such file.", isError: true });
    await expect(failing).rejects.toMatchObject({ code: "tool-rejected", message: "read failed: No such file." });
  });

  it("calls what changes something once, and not again where it was not answered", async () => {
    const records = new Map<string, unknown>();
    const once = {
      ...nodeContext().once,
      kept: <Value>(key: string) => records.get(key) as Value | undefined,
      keep: <Value>(key: string, value: Value) => {
        records.set(key, value);
        return value;
      },
    };
    let made = 0;
    const attempt = (kind: string, code: "tool-timeout" | "tool-changed", leaves: boolean) =>
      toolMcp.run({
        config: toolMcp.config.parse({ tool, class: kind }),
        inputs: { path: "a" } as never,
        ctx: nodeContext({
          once,
          mcp: {
            call: async ({ onSent }) => {
              if (leaves) onSent?.(true);
              made += leaves ? 1 : 0;
              throw new NodeFailure(code, "No.");
            },
          },
        }),
      });
    await expect(attempt("write", "tool-changed", false)).rejects.toMatchObject({ code: "tool-changed" });
    await expect(attempt("write", "tool-timeout", true)).rejects.toMatchObject({ code: "tool-unanswered" });
    await expect(attempt("write", "tool-timeout", true)).rejects.toMatchObject({ code: "tool-unanswered" });
    expect(made).toBe(1);
    await expect(attempt("read", "tool-timeout", true)).rejects.toMatchObject({ code: "tool-timeout" });
    await expect(attempt("read", "tool-timeout", true)).rejects.toMatchObject({ code: "tool-timeout" });
    expect(made).toBe(3);
  });

  it("refuses a tool without a hash, or with a schema that is too long", () => {
    expect(toolMcp.config.safeParse({ tool: { ...tool, hash: "" } }).success).toBe(false);
    const long = { type: "object", description: "x".repeat(70_000) };
    expect(toolMcp.config.safeParse({ tool: { ...tool, parameters: long } }).success).toBe(false);
  });
});
