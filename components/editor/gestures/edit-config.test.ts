import fc from "fast-check";
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

  it("keeps the wire of a variable that is typed anew, letter by letter, whatever the text is in between", () => {
    const word = fc.constantFrom("a", "te", "tex", "text", "name", "letter", "文本");
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 2, maxLength: 4 }), word, fc.boolean(), (names, next, braces) => {
        fc.pre(!names.includes(next));
        const [renamed = "", ...others] = names;
        const text = (variable: string | null) =>
          [...others.map((name) => `{{${name}}}`), variable === null ? "" : `{{${variable}}}`].join(" and ");
        const start: GraphDocument = {
          ...emptyDocument,
          nodes: [
            node("in", "io/input", { fields: names.map((_, index) => ({ name: `f${index}` })) }),
            node("fill", "text/template", { template: text(renamed) }),
          ],
          edges: names.map((name, index) => ({
            id: `w${index}`,
            from: { node: "in", port: `f${index}` },
            to: { node: "fill", port: name },
          })),
        };
        const letters = [...renamed];
        const typed = [...next];
        const steps = [
          ...letters.map((_, at) => renamed.slice(0, letters.length - 1 - at)),
          ...(braces ? [null] : []),
          ...typed.map((_, at) => typed.slice(0, at + 1).join("")),
        ];
        // A fresh lookup for each document: each test is an editor of its own.
        const ports = createPortLookup(catalog);
        let count = 0;
        const end = steps.reduce((current, variable) => {
          const edited = current.nodes[1] as GraphDocument["nodes"][number];
          const value = text(variable);
          const change = { node: edited, field: "template", value };
          const word = () => `fresh${count++}`;
          return editConfig(current, catalog, ports(edited), change, word).reduce(
            (now, operation) => applyOperation(now, operation).document,
            current,
          );
        }, start);
        const wires = (from: GraphDocument) => from.edges.map(({ from: { port }, to }) => `${port} ${to.port}`).sort();
        expect(wires(end)).toEqual([`f0 ${next}`, ...others.map((name, index) => `f${index + 1} ${name}`)].sort());
      }),
    );
  });

  it("keeps the wire where a variable that two texts use is renamed in one after the other", () => {
    const asked: GraphDocument = {
      ...document,
      nodes: [document.nodes[0] as never, node("ask", "prompt/chat", { system: "On {{text}}", user: "Say {{text}}" })],
      edges: [{ id: "w", from: { node: "in", port: "text" }, to: { node: "ask", port: "text" } }],
    };
    let current = edit(asked, "ask", "user", "Say {{letter}}" as never);
    expect(wireInto(current, "ask")).toBe("text");
    for (const name of ["tex", "te", "l", "le", "let", "lett", "lette", "letter"])
      current = edit(current, "ask", "system", `On {{${name}}}` as never);
    expect(current.edges.map(({ to }) => to.port)).toEqual(["letter"]);
  });

  it("moves no wire where it could be meant for several", () => {
    const two = edit(document, "fill", "template", "{{name}} {{other}}" as never);
    const wired = {
      ...two,
      edges: [...two.edges, { ...two.edges[0], id: "w3", to: { node: "fill", port: "other" } } as never],
    };
    const none = edit(wired, "fill", "template", "{{}} {{}}" as never);
    expect(
      edit(none, "fill", "template", "{{new}} {{}}" as never)
        .edges.map(({ to }) => to.port)
        .sort(),
    ).toEqual(["answer", "name", "other"]);
  });

  it("leaves out a setting that is taken away", () => {
    expect(edit(document, "fill", "template", undefined as never).nodes[1]?.config).toEqual({});
  });
});
