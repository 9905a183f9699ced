import { describe, expect, it } from "vitest";
import { catalog } from "@/nodes/index";
import { resolveNode } from "@/runtime/graph/resolve-node";
import type { NodePorts } from "../store/node-ports";
import { newNode } from "./new-node";
import { obviousWire } from "./obvious-wire";

const fresh = (type: string, config = {}) => {
  const definition = catalog.get(type);
  if (!definition) throw new Error(type);
  const node = newNode(definition, new Set(), () => "1");
  const ports = resolveNode({ ...node, config: { ...node.config, ...config } }, catalog).ports as NodePorts;
  return { id: type, ports };
};
const between = (from: ReturnType<typeof fresh>, to: ReturnType<typeof fresh>) => {
  const wire = obviousWire(from, to);
  return wire && `${wire.from.port} > ${wire.to.port}`;
};

describe("the obvious wire", () => {
  it("joins the steps that follow one another in most pipelines", () => {
    expect(between(fresh("io/input"), fresh("prompt/chat"))).toBe("text > text");
    expect(between(fresh("prompt/chat"), fresh("io/output"))).toBe("text > answer");
    expect(between(fresh("io/input"), fresh("classifier/examples"))).toBe("text > text");
    expect(between(fresh("io/input"), fresh("retrieval/search"))).toBe("text > query");
    expect(between(fresh("prompt/chat"), fresh("flow/switch"))).toBe("text > value");
  });

  it("takes the one of the same name where several fit", () => {
    const input = fresh("io/input", { fields: [{ name: "question" }, { name: "text" }] });
    expect(between(input, fresh("prompt/chat"))).toBe("text > text");
  });

  it("is none where several fit alike, or none does", () => {
    const input = fresh("io/input", { fields: [{ name: "question" }, { name: "customer" }] });
    expect(between(input, fresh("prompt/chat"))).toBeNull();
    expect(between(fresh("io/input"), fresh("text/template", { template: "{{a}} {{b}}" }))).toBeNull();
    expect(between(fresh("io/input"), fresh("speech/transcribe"))).toBeNull();
    expect(between(fresh("io/output"), fresh("prompt/chat"))).toBeNull();
    expect(between(fresh("prompt/chat"), fresh("io/input"))).toBeNull();
    expect(between(fresh("classifier/examples"), fresh("io/output"))).toBeNull();
  });
});
