import fc from "fast-check";
import type { GraphDocument, GraphEdge, GraphNode, NodeVariant, Position } from "@/runtime/graph/document";
import type { GraphOperation } from "@/runtime/graph/edit/operation";
import { branchNode, failNode, inputNode, joinNode, mergeNode, outputNode, streamNode, valueNode } from "./test-nodes";

/** Random documents and edits of them. fast-check prints the seed of a failure; `npx vitest -t` with that seed repeats it. */

const position: fc.Arbitrary<Position> = fc.record({
  x: fc.integer({ min: -500, max: 500 }),
  y: fc.integer({ min: -500, max: 500 }),
});

const variants: fc.Arbitrary<readonly NodeVariant[]> = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom("v1", "v2", "v3"),
    label: fc.constantFrom("Short", "Long"),
    config: fc.dictionary(fc.constantFrom("name", "text", "value", "take"), fc.string({ maxLength: 3 }), {
      maxKeys: 2,
    }),
  }),
  { selector: ({ id }) => id, maxLength: 3 },
);

interface Part {
  readonly kind: "value" | "join" | "stream" | "fail" | "branch" | "merge";
  /** Where its inputs come from: a fraction of the outputs of the nodes before it; null leaves an optional input unwired. */
  readonly from: readonly number[];
  readonly text: string;
  readonly disabled: boolean;
  readonly onError: "stop" | "continue" | "default" | "error-port";
  readonly position: Position | null;
  readonly variants: readonly NodeVariant[];
}

const part: fc.Arbitrary<Part> = fc.record({
  kind: fc.constantFrom("value", "join", "stream", "fail", "branch", "merge"),
  from: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 3 }),
  text: fc.string({ maxLength: 5 }),
  disabled: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
  onError: fc.constantFrom("stop", "continue", "default", "error-port"),
  position: fc.option(position),
  variants: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: variants }),
});

/** Documents over the test nodes that compile: every input wired to an earlier node, two outputs at the end. */
export const validDocument: fc.Arbitrary<GraphDocument> = fc
  .array(part, { minLength: 1, maxLength: 12 })
  .map((parts) => assemble(parts));

const node = (id: string, type: string, config: GraphNode["config"], rest: Partial<GraphNode> = {}): GraphNode => ({
  id,
  type,
  typeVersion: 1,
  config,
  disabled: false,
  ...rest,
});

const assemble = (parts: readonly Part[]): GraphDocument => {
  const nodes: GraphNode[] = [node("in", inputNode.type, { fields: ["q"], optional: ["maybe"] })];
  const edges: GraphEdge[] = [];
  const layout: Record<string, Position> = {};
  const varied: Record<string, NodeVariant[]> = {};
  const sources = [
    { node: "in", port: "q" },
    { node: "in", port: "maybe" },
  ];
  const wire = (to: { node: string; port: string }, at: number) => {
    const from = sources[Math.floor(at * sources.length)] as { node: string; port: string };
    edges.push({ id: `${to.node}-${to.port}`, from, to });
  };
  for (const [index, { kind, from, text, disabled, onError, position: place, variants }] of parts.entries()) {
    const id = `n${index}`;
    const inputs = from.map((_, slot) => `i${slot}`);
    const first = from[0] as number;
    if (place !== null) layout[id] = place;
    if (variants.length > 0) varied[id] = [...variants];
    const wireAll = () => {
      for (const [slot, at] of from.entries()) wire({ node: id, port: `i${slot}` }, at);
    };
    switch (kind) {
      case "value":
        nodes.push(node(id, valueNode.type, { value: text }, { disabled }));
        sources.push({ node: id, port: "value" });
        break;
      case "join":
        nodes.push(node(id, joinNode.type, { name: text, inputs }, { disabled }));
        wireAll();
        sources.push({ node: id, port: "text" });
        break;
      case "merge":
        nodes.push(node(id, mergeNode.type, { inputs }, { disabled }));
        wireAll();
        sources.push({ node: id, port: "value" });
        break;
      case "branch":
        nodes.push(node(id, branchNode.type, { take: text.length % 2 === 0 ? "yes" : "no" }, { disabled }));
        wire({ node: id, port: "value" }, first);
        sources.push({ node: id, port: "yes" }, { node: id, port: "no" });
        break;
      case "stream":
        nodes.push(node(id, streamNode.type, { text }, { disabled }));
        wire({ node: id, port: "after" }, first);
        sources.push({ node: id, port: "text" });
        break;
      case "fail": {
        const policy = {
          retries: text.length % 3,
          retryDelayMs: 0,
          onError,
          ...(onError === "default" ? { defaultOutputs: { text } } : {}),
        };
        nodes.push(node(id, failNode.type, { deltas: text }, { disabled, policy }));
        wire({ node: id, port: "after" }, first);
        sources.push({ node: id, port: "text" });
        if (onError === "error-port") sources.push({ node: id, port: "error" });
        break;
      }
      default:
        kind satisfies never;
    }
  }
  nodes.push(node("out", outputNode.type, { names: ["a", "b"] }));
  wire({ node: "out", port: "a" }, 0.999);
  wire({ node: "out", port: "b" }, 0);
  return { schemaVersion: 1, nodes, edges, layout, ...(Object.keys(varied).length > 0 && { variants: varied }) };
};

const someId = fc.oneof(
  fc.integer({ min: 0, max: 12 }).map((index) => `n${index}`),
  fc.constantFrom("in", "out", "new", "gone"),
);
const edgeId = fc.oneof(
  fc.tuple(someId, fc.constantFrom("i0", "i1", "value", "after", "a", "b")).map(([id, port]) => `${id}-${port}`),
  fc.constantFrom("e1", "e2"),
);
const config = fc.dictionary(
  fc.constantFrom("name", "text", "value", "take", "x"),
  fc.oneof(fc.string(), fc.integer()),
  { maxKeys: 3 },
);
const newNode = fc
  .record({ id: someId, config, disabled: fc.boolean(), type: fc.constantFrom(valueNode.type, streamNode.type) })
  .map(({ id, config, disabled, type }) => node(id, type, config, { disabled }));

const simpleOperation: fc.Arbitrary<GraphOperation> = fc.oneof(
  fc.record({ type: fc.constant("add-node" as const), node: newNode, position }),
  fc.record({ type: fc.constant("add-node" as const), node: newNode }),
  fc.record({ type: fc.constant("remove-nodes" as const), nodes: fc.array(someId, { maxLength: 4 }) }),
  fc.record({ type: fc.constant("replace-node" as const), node: newNode }),
  fc.record({
    type: fc.constant("move-nodes" as const),
    positions: fc.dictionary(someId, fc.option(position), { maxKeys: 4 }),
  }),
  fc.record({
    type: fc.constant("set-config" as const),
    node: someId,
    set: config,
    unset: fc.array(fc.constantFrom("name", "text", "value", "x"), { maxLength: 2 }),
  }),
  fc.record({ type: fc.constant("set-label" as const), node: someId, label: fc.option(fc.string({ maxLength: 9 })) }),
  fc.record({ type: fc.constant("set-disabled" as const), node: someId, disabled: fc.boolean() }),
  fc.record({
    type: fc.constant("set-policy" as const),
    node: someId,
    policy: fc.option(
      fc.record({
        retries: fc.integer({ min: 0, max: 3 }),
        retryDelayMs: fc.constant(0),
        onError: fc.constant("stop" as const),
      }),
    ),
  }),
  fc.record({ type: fc.constant("set-time-limit" as const), seconds: fc.option(fc.integer({ min: 1, max: 9 })) }),
  fc.record({ type: fc.constant("set-variants" as const), node: someId, variants }),
  fc.record({
    type: fc.constant("set-pin" as const),
    node: someId,
    outputs: fc.option(fc.dictionary(fc.constantFrom("text", "value"), fc.string({ maxLength: 3 }), { maxKeys: 2 })),
  }),
  fc.record({
    type: fc.constant("connect" as const),
    edge: fc.record({
      id: edgeId,
      from: fc.record({ node: someId, port: fc.constantFrom("text", "value", "yes") }),
      to: fc.record({ node: someId, port: fc.constantFrom("i0", "value", "after", "a") }),
    }),
  }),
  fc.record({ type: fc.constant("disconnect" as const), edges: fc.array(edgeId, { maxLength: 3 }) }),
  fc.record({ type: fc.constant("replace-document" as const), document: validDocument }),
);

/** Edits that may or may not find what they name. */
export const operation: fc.Arbitrary<GraphOperation> = fc.oneof(
  { weight: 9, arbitrary: simpleOperation },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("batch" as const),
      operations: fc.array(simpleOperation, { maxLength: 4 }),
    }),
  },
);
