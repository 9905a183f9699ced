import { describe, expect, it } from "vitest";
import { catalog } from "@/nodes/index";
import { emptyDocument, type GraphDocument } from "@/runtime/graph/document";
import { createPortLookup } from "../store/node-ports";
import { connectionChecker, connectionEnds, type LooseEnd } from "./check-connection";

const node = (id: string, type: string, config = {}) => ({ id, type, typeVersion: 1, config, disabled: false });
const document: GraphDocument = {
  ...emptyDocument,
  nodes: [
    node("in", "io/input", { fields: [{ name: "text" }, { name: "amount", kind: "number" }] }),
    node("first", "text/template", { template: "{{a}}" }),
    node("second", "text/template", { template: "{{b}}" }),
    node("talk", "prompt/chat", { user: "{{text}}", history: true }),
  ],
  edges: [{ id: "w", from: { node: "first", port: "text" }, to: { node: "second", port: "b" } }],
};
const output = (id: string, port: string): LooseEnd => ({ side: "output", ref: { node: id, port } });
const input = (id: string, port: string): LooseEnd => ({ side: "input", ref: { node: id, port } });
const check = (begun: LooseEnd, other: LooseEnd) =>
  connectionChecker(document, createPortLookup(catalog), begun)(other);

describe("connectionChecker", () => {
  it("takes what fits, from either end", () => {
    expect(check(output("in", "text"), input("first", "a"))).toBeNull();
    expect(check(input("first", "a"), output("in", "text"))).toBeNull();
    expect(check(output("in", "amount"), input("first", "a"))).toBeNull();
  });
  it("says which kinds do not fit, in the order of the wire", () => {
    const refusal = { reason: "kind", from: "text", to: "messages" };
    expect(check(output("in", "text"), input("talk", "history"))).toEqual(refusal);
    expect(check(input("talk", "history"), output("in", "text"))).toEqual(refusal);
  });
  it("refuses a circle, from either end", () => {
    expect(check(output("second", "text"), input("first", "a"))).toEqual({ reason: "cycle" });
    expect(check(input("first", "a"), output("second", "text"))).toEqual({ reason: "cycle" });
  });
  it("refuses the same step, the same side and what is not there", () => {
    expect(check(output("first", "text"), input("first", "a"))).toEqual({ reason: "same-node" });
    expect(check(output("in", "text"), output("first", "text"))).toEqual({ reason: "same-side", side: "output" });
    expect(check(output("in", "text"), input("first", "gone"))).toEqual({ reason: "port-missing" });
    expect(check(output("in", "text"), input("first", "constructor"))).toEqual({ reason: "port-missing" });
  });
});

describe("connectionEnds", () => {
  it("puts the output first", () => {
    const ends = { from: { node: "in", port: "text" }, to: { node: "first", port: "a" } };
    expect(connectionEnds(output("in", "text"), input("first", "a"))).toEqual(ends);
    expect(connectionEnds(input("first", "a"), output("in", "text"))).toEqual(ends);
  });
});
