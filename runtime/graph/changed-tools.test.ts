import { expect, it } from "vitest";
import { catalog } from "@/nodes";
import { buildDocument } from "@/runtime/testing/build-document";
import { validate } from "./validate";

const pinned = (name: string) => ({
  server: "files",
  name,
  description: "",
  parameters: { type: "object" },
  hash: "a".repeat(64),
});
const document = (inside: boolean) => {
  const steps = buildDocument({
    call: { type: "tool/mcp", config: { tool: pinned("read") } },
    agent: {
      type: "agent/tools",
      config: {
        user: "Go.",
        tools: [
          { name: "a", kind: "mcp", mcp: pinned("read") },
          { name: "b", kind: "mcp", mcp: pinned("write") },
          { name: "c", kind: "mcp", mcp: pinned("write"), policy: "off" },
          { name: "d", kind: "http", url: "https://a.test/", mcp: pinned("write") },
        ],
      },
    },
  });
  return inside ? buildDocument({ group: { type: "flow/sub-pipeline", body: steps } }) : steps;
};
const found = (tools: Record<string, string> | null, inside = false) =>
  validate(document(inside), catalog, {
    tools: tools === null ? new Map() : new Map([["files", new Map(Object.entries(tools))]]),
  })
    .filter(({ code }) => code.startsWith("tool-"))
    .map(({ code, severity, params, at }) => [
      code,
      severity,
      params?.tool,
      [...(at?.inside ?? []), at?.node].join("/"),
    ]);
const same = "a".repeat(64);

it("says which steps call a tool that its server has changed or has no more, and nothing of others", () => {
  expect(found({ read: same, write: same })).toEqual([]);
  expect(found({ read: "b".repeat(64), write: same })).toEqual([
    ["tool-changed", "error", "read", "call"],
    ["tool-changed", "warning", "read", "agent"],
  ]);
  expect(found({ read: same }, true)).toEqual([["tool-missing", "warning", "write", "group/agent"]]);
  expect(found(null).map(([code]) => code)).toEqual(["tool-missing", "tool-missing", "tool-missing"]);
  expect(validate(document(false), catalog).filter(({ code }) => code.startsWith("tool-"))).toEqual([]);
});
