import { describe, expect, it } from "vitest";
import { catalog } from "@/nodes/index";
import { emptyDocument, type GraphDocument } from "@/runtime/graph/document";
import { applyOperation } from "@/runtime/graph/edit/apply";
import { createPortLookup } from "../store/node-ports";
import { editConfig } from "./edit-config";

const node = (id: string, type: string, config = {}) => ({ id, type, typeVersion: 1, config, disabled: false });
const document: GraphDocument = {
  ...emptyDocument,
  nodes: [
    node("in", "io/input", { fields: [{ name: "text" }] }),
    node("fill", "text/template", { template: "Dear {{name}}" }),
    node("out", "io/output", { outputs: [{ name: "answer" }] }),
  ],
  edges: [
    { id: "w1", from: { node: "in", port: "text" }, to: { node: "fill", port: "name" } },
    { id: "w2", from: { node: "fill", port: "text" }, to: { node: "out", port: "answer" } },
  ],
};

const portsOf = createPortLookup(catalog);
const edit = (from: GraphDocument, id: string, field: string, value: never) => {
  const edited = from.nodes.find((each) => each.id === id);
  if (!edited) throw new Error("no such node");
  const operations = editConfig(from, catalog, portsOf(edited), { node: edited, field, value }, () => "fresh");
  return operations.reduce((current, operation) => applyOperation(current, operation).document, from);
};
const wireInto = (from: GraphDocument, id: string) => from.edges.find(({ to }) => to.node === id)?.to.port;

describe("editConfig", () => {
  it("takes the wire along when a variable is renamed", () => {
    expect(wireInto(edit(document, "fill", "template", "Dear {{customer}}" as never), "fill")).toBe("customer");
  });

  it("takes the wires along when a port is renamed on the other side", () => {
    const after = edit(document, "in", "fields", [{ name: "complaint" }] as never);
    expect(after.edges.find(({ to }) => to.node === "fill")?.from).toEqual({ node: "in", port: "complaint" });
  });

  it("follows a rename through settings that are not valid in between", () => {
    const between = edit(document, "in", "fields", [{ name: "" }] as never);
    const after = edit(between, "in", "fields", [{ name: "complaint" }] as never);
    expect(after.edges.find(({ to }) => to.node === "fill")?.from.port).toBe("complaint");
  });

  it("leaves the wire where it is when a variable goes without another coming, or several change", () => {
    expect(wireInto(edit(document, "fill", "template", "Dear customer" as never), "fill")).toBe("name");
    expect(wireInto(edit(document, "fill", "template", "{{a}} {{b}}" as never), "fill")).toBe("name");
  });

  it("leaves out a setting that is taken away", () => {
    expect(edit(document, "fill", "template", undefined as never).nodes[1]?.config).toEqual({});
  });
});
