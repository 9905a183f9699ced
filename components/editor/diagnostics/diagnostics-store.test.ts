import { describe, expect, it } from "vitest";
import type { Diagnostic } from "@/runtime/graph/diagnostic";
import { arrangeDiagnostics, noDiagnostics } from "./diagnostics-store";

const at = (node: string, severity: Diagnostic["severity"] = "error", edge?: string): Diagnostic => ({
  code: "input-unwired",
  severity,
  message: "x",
  at: { node, ...(edge ? { edge } : {}) },
});

describe("arrangeDiagnostics", () => {
  it("counts and sorts by node and by wire", () => {
    const arranged = arrangeDiagnostics(
      [at("a"), at("b", "warning", "e"), { code: "output-missing", severity: "warning", message: "y" }],
      noDiagnostics,
    );
    expect([arranged.errors, arranged.warnings]).toEqual([1, 2]);
    expect([...arranged.byNode.keys()]).toEqual(["a", "b"]);
    expect(arranged.byEdge.get("e")).toHaveLength(1);
  });
  it("keeps the identity of a node's list that says the same as before", () => {
    const first = arrangeDiagnostics([at("a"), at("b")], noDiagnostics);
    const second = arrangeDiagnostics([at("a"), at("b", "warning")], first);
    expect(second.byNode.get("a")).toBe(first.byNode.get("a"));
    expect(second.byNode.get("b")).not.toBe(first.byNode.get("b"));
  });
});
