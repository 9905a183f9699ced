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
  it("shows what is wrong in a container at the container, and where the container is open at the step itself", () => {
    const deep: Diagnostic = { ...at("chat"), at: { node: "chat", edge: "e", inside: ["map", "loop"] } };
    expect([...arrangeDiagnostics([deep], noDiagnostics).byNode.keys()]).toEqual(["map"]);
    expect([...arrangeDiagnostics([deep], noDiagnostics, ["map"]).byNode.keys()]).toEqual(["loop"]);
    const open = arrangeDiagnostics([deep], noDiagnostics, ["map", "loop"]);
    expect([...open.byNode.keys(), ...open.byEdge.keys()]).toEqual(["chat", "e"]);
    expect(arrangeDiagnostics([deep], noDiagnostics, ["other"]).byNode.size).toBe(0);
  });
  it("keeps the identity of a node's list that says the same as before", () => {
    const first = arrangeDiagnostics([at("a"), at("b")], noDiagnostics);
    const second = arrangeDiagnostics([at("a"), at("b", "warning")], first);
    expect(second.byNode.get("a")).toBe(first.byNode.get("a"));
    expect(second.byNode.get("b")).not.toBe(first.byNode.get("b"));
  });
});
