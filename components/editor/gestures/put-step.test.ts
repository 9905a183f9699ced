import { describe, expect, it } from "vitest";
import { catalog } from "@/nodes/index";
import type { GraphDocument } from "@/runtime/graph/document";
import { applyOperation } from "@/runtime/graph/edit/apply";
import type { GraphOperation } from "@/runtime/graph/edit/operation";
import { buildDocument } from "@/runtime/testing/build-document";
import { createPortLookup } from "../store/node-ports";
import { insertOnWire, replaceStep } from "./put-step";

const portsOf = createPortLookup(catalog);
const counter = () => {
  let count = 0;
  return (length: number) => String(++count).padStart(length, "0");
};
const definition = (type: string) => {
  const found = catalog.get(type);
  if (!found) throw new Error(type);
  return found;
};
const document = buildDocument(
  {
    in: { type: "io/input", config: { fields: [{ name: "letter" }] } },
    ask: { type: "prompt/chat", config: { user: "{{letter}}" }, label: "Ask" },
    out: { type: "io/output", config: { outputs: [{ name: "answer", title: "" }] } },
  },
  ["in.letter > ask.letter", "ask.text > out.answer"],
);
const applied = (operations: readonly GraphOperation[], from: GraphDocument = document) =>
  operations.reduce((current, operation) => applyOperation(current, operation).document, from);
const wires = ({ edges }: GraphDocument) =>
  edges.map(({ from, to }) => `${from.node}.${from.port} > ${to.node}.${to.port}`).sort();
const world = () => ({ document, portsOf, random: counter() });

describe("a step put on a wire", () => {
  it("takes what came along and gives it on", () => {
    const edge = document.edges[1];
    const put = edge && insertOnWire(edge, definition("safety/check"), world());
    if (!put) throw new Error("it does not fit");
    const result = applied(put.operations);
    expect(result.nodes).toHaveLength(4);
    expect(wires(result)).toEqual(
      ["in.letter > ask.letter", `ask.text > ${put.id}.text`, `${put.id}.pass > out.answer`].sort(),
    );
  });

  it("is refused where no port of it fits", () => {
    const edge = document.edges[0];
    expect(edge && insertOnWire(edge, definition("io/output"), world())).toBeNull();
  });
});

describe("a step put in another's place", () => {
  const ask = document.nodes[1];
  if (!ask) throw new Error("there is none");

  it("keeps its name and the wires that fit, and undoes as one", () => {
    const { operations, cut } = replaceStep(ask, definition("text/template"), world());
    const result = applied(operations);
    expect(result.nodes[1]).toMatchObject({ id: "ask", type: "text/template", label: "Ask" });
    expect(wires(result)).toContain("ask.text > out.answer");
    expect(cut).toBe(portsOf(result.nodes[1] ?? ask).inputs.letter ? 0 : cut);
    let undone = result;
    const inverses: GraphOperation[] = [];
    let walk = document;
    for (const operation of operations) {
      const step = applyOperation(walk, operation);
      walk = step.document;
      inverses.unshift(step.inverse);
    }
    undone = applied(inverses, result);
    expect(undone).toEqual(document);
  });

  it("says how many wires it cut", () => {
    const { operations, cut } = replaceStep(ask, definition("io/output"), world());
    expect(cut).toBeGreaterThan(0);
    expect(wires(applied(operations))).not.toContain("ask.text > out.answer");
  });
});
