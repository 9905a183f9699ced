import { describe, expect, it } from "vitest";
import { emptyDocument, type GraphDocument, graphLimits } from "@/runtime/graph/document";
import { applyOperation } from "@/runtime/graph/edit/apply";
import { copyNodes, pasteClip, readClip, writeClip } from "./clip";

const node = (id: string) => ({
  id,
  type: "text/template",
  typeVersion: 1,
  config: { template: "{{a}}" },
  disabled: false,
});
const document: GraphDocument = {
  ...emptyDocument,
  nodes: [node("a"), node("b"), node("c")],
  edges: [
    { id: "ab", from: { node: "a", port: "text" }, to: { node: "b", port: "a" } },
    { id: "bc", from: { node: "b", port: "text" }, to: { node: "c", port: "a" } },
  ],
  layout: { a: { x: 0, y: 0 }, b: { x: 300, y: 40 }, c: { x: 600, y: 0 } },
};
const counter = () => {
  let count = 0;
  return (length: number) => {
    count += 1;
    return String(count).padStart(length, "0");
  };
};
const clipOf = (...ids: readonly string[]) => {
  const clip = copyNodes(document, new Set(ids));
  if (!clip) throw new Error("nothing was copied");
  return clip;
};

describe("a clip", () => {
  it("holds the chosen nodes and only the wires between them", () => {
    expect(clipOf("a", "b").nodes.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(clipOf("a", "b").edges.map(({ id }) => id)).toEqual(["ab"]);
    expect(copyNodes(document, new Set())).toBeNull();
  });

  it("takes the variants of its nodes along, to the new ids", () => {
    const tried = { ...document, variants: { b: [{ id: "v", label: "Other", config: { template: "Dear {{a}}" } }] } };
    const clip = copyNodes(tried, new Set(["a", "b"]));
    if (!clip) throw new Error("nothing was copied");
    const pasted = pasteClip(document, readClip(writeClip(clip)) ?? clip, null, counter());
    if (pasted === "too-many") throw new Error("too many");
    const after = pasted.operations.reduce(
      (current, operation) => applyOperation(current, operation).document,
      document,
    );
    expect(after.variants).toEqual({ [pasted.nodes[1] ?? ""]: tried.variants.b });
  });

  it("survives the way through a text", () => {
    expect(readClip(writeClip(clipOf("a", "b")))).toEqual(clipOf("a", "b"));
  });

  it.each([
    ["plain words", "hello"],
    ["other JSON", '{"nodes": []}'],
    ["broken JSON", '{"format": "pipewright/clip"'],
    ["unknown members", JSON.stringify({ ...clipOf("a"), run: "now" })],
    ["a text beyond the limit", `{${" ".repeat(graphLimits.bytes)}}`],
  ])("is not read out of %s", (_, text) => expect(readClip(text)).toBeNull());

  it("is pasted under new ids, wired as before, its corner at the given place", () => {
    const pasted = pasteClip(document, clipOf("a", "b"), { x: 1000, y: 500 }, counter());
    if (pasted === "too-many") throw new Error("too many");
    const after = pasted.operations.reduce(
      (current, operation) => applyOperation(current, operation).document,
      document,
    );
    expect(after.nodes).toHaveLength(5);
    expect(new Set(after.nodes.map(({ id }) => id)).size).toBe(5);
    const [first, second] = pasted.nodes;
    expect(after.layout[first ?? ""]).toEqual({ x: 1000, y: 500 });
    expect(after.layout[second ?? ""]).toEqual({ x: 1300, y: 540 });
    expect(after.edges.at(-1)).toMatchObject({ from: { node: first, port: "text" }, to: { node: second, port: "a" } });
  });

  it("is not pasted where the pipeline would grow beyond its bound", () => {
    const full = { ...document, nodes: Array.from({ length: graphLimits.nodes }, (_, index) => node(`n${index}`)) };
    expect(pasteClip(full, clipOf("a"), null, counter())).toBe("too-many");
  });
});
