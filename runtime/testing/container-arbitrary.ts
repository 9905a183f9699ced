import fc from "fast-check";
import type { GraphDocument, GraphEdge, GraphNode } from "@/runtime/graph/document";

/** Random containers in containers: maps and loops around chains of steps, some of which fail for some items. Nodes are those of the catalog and test nodes. */
interface Part {
  readonly kind: "join" | "map" | "loop" | "picky";
  readonly onError: "stop" | "continue";
  readonly onFailure: "stop" | "null" | "drop" | "collect";
  readonly concurrency: number;
  readonly rounds: number;
  readonly retries: number;
  readonly items: readonly string[];
  readonly inside: readonly Part[];
}

const part = (depth: number): fc.Arbitrary<Part> =>
  fc.record({
    kind: depth === 0 ? fc.constantFrom("join", "picky") : fc.constantFrom("join", "picky", "map", "loop"),
    onError: fc.constantFrom("stop", "continue"),
    onFailure: fc.constantFrom("stop", "null", "drop", "collect"),
    concurrency: fc.integer({ min: 1, max: 3 }),
    rounds: fc.integer({ min: 1, max: 3 }),
    retries: fc.constantFrom(0, 0, 1),
    items: fc.array(fc.constantFrom("a", "b", "bad"), { maxLength: 3 }),
    inside: depth === 0 ? fc.constant([]) : fc.array(part(depth - 1), { minLength: 1, maxLength: 2 }),
  });

export const containerDocument: fc.Arbitrary<GraphDocument> = fc
  .array(part(2), { minLength: 1, maxLength: 3 })
  .map((parts) => assemble(parts, "text"));

const node = (id: string, type: string, config: GraphNode["config"], rest: Partial<GraphNode> = {}): GraphNode => ({
  id,
  type,
  typeVersion: 1,
  config,
  disabled: false,
  ...rest,
});

/** A chain: each step takes the text of the one before. A map takes a list of its own and ends the chain with its results as text. */
const assemble = (parts: readonly Part[], field: string): GraphDocument => {
  const nodes: GraphNode[] = [node("in", "io/input", { fields: [{ name: field, maxLength: 100_000 }] })];
  const edges: GraphEdge[] = [];
  let last = { node: "in", port: field };
  const wire = (to: string, port: string, from = last) =>
    edges.push({ id: `${from.node}-${to}-${port}`, from, to: { node: to, port } });
  for (const [index, { kind, onError, onFailure, concurrency, rounds, retries, items, inside }] of parts.entries()) {
    const id = `n${index}`;
    const policy = { retries, retryDelayMs: 0, onError };
    switch (kind) {
      case "join":
      case "picky":
        nodes.push(node(id, kind === "join" ? "text/test-join" : "text/test-picky", {}, { policy }));
        wire(id, "a");
        last = { node: id, port: "text" };
        break;
      case "map":
        nodes.push(node(`${id}-list`, "data/test-value", { value: [...items] }));
        nodes.push(node(id, "flow/map", { concurrency, onFailure }, { policy, body: assemble(inside, "item") }));
        wire(id, "items", { node: `${id}-list`, port: "value" });
        last = { node: id, port: "result" };
        break;
      case "loop":
        nodes.push(
          node(id, "flow/loop", { maximum: rounds, until: "round == 2" }, { policy, body: assemble(inside, "value") }),
        );
        wire(id, "value");
        last = { node: id, port: "result" };
        break;
      default:
        kind satisfies never;
    }
  }
  nodes.push(node("out", "io/output", { outputs: [{ name: "result", title: "" }] }));
  wire("out", "result");
  return { schemaVersion: 1, nodes, edges, layout: {} };
};
