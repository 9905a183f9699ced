import type { GraphDocument, GraphEdge, GraphNode, PortRef } from "@/runtime/graph/document";
import type { GraphOperation } from "@/runtime/graph/edit/operation";
import type { AnyNode } from "@/runtime/node/catalog";
import { canConnect } from "@/runtime/node/connection";
import { errorPortName } from "@/runtime/node/error-port";
import type { Port } from "@/runtime/node/port";
import { cardGeometry } from "../canvas/card-geometry";
import type { NodePorts, PortLookup } from "../store/node-ports";
import { freePlace } from "./free-place";
import { newEdgeId, type RandomWord } from "./identifiers";
import { addNode, newNode } from "./new-node";

export interface PutWorld {
  readonly document: GraphDocument;
  readonly portsOf: PortLookup;
  readonly random: RandomWord;
}

type Ports = Readonly<Record<string, Port>>;

/** The port that a wire of this kind is meant for: of the same name where it fits, then of the same kind, then the first that takes it. */
const fitting = (
  ports: Ports,
  name: string,
  fits: (port: Port) => boolean,
  isSame: (port: Port) => boolean,
): string | null => {
  const named = Object.hasOwn(ports, name) ? ports[name] : undefined;
  if (named !== undefined && fits(named)) return name;
  const all = Object.entries(ports).filter(([port, each]) => port !== errorPortName && fits(each));
  return (all.find(([, port]) => isSame(port)) ?? all[0])?.[0] ?? null;
};

const kindOf = (
  document: GraphDocument,
  portsOf: PortLookup,
  { node, port }: PortRef,
  side: "inputs" | "outputs",
): Port["kind"] => {
  const own = document.nodes.find(({ id }) => id === node);
  const ports: Ports = own === undefined ? {} : portsOf(own)[side];
  return (Object.hasOwn(ports, port) ? ports[port]?.kind : undefined) ?? "any";
};

/** The inputs and outputs by which a step stands in a wire; null where it cannot. */
export const throughPorts = (
  ports: NodePorts,
  source: Port["kind"],
  target: Port["kind"],
): { readonly input: string; readonly output: string } | null => {
  const input = fitting(
    ports.inputs,
    "",
    (port) => canConnect(source, port.kind),
    (port) => port.kind === source,
  );
  const output = fitting(
    ports.outputs,
    "",
    (port) => canConnect(port.kind, target),
    (port) => port.kind === target,
  );
  return input === null || output === null ? null : { input, output };
};

/** What a wire joins, in kinds. */
export const wireKinds = ({ document, portsOf }: Pick<PutWorld, "document" | "portsOf">, edge: GraphEdge) => ({
  source: kindOf(document, portsOf, edge.from, "outputs"),
  target: kindOf(document, portsOf, edge.to, "inputs"),
});

/** Puts a new step into a wire: what came along goes into it, what it gives goes on. null where no port of it fits one of the ends. */
export const insertOnWire = (
  edge: GraphEdge,
  definition: AnyNode,
  { document, portsOf, random }: PutWorld,
): { readonly id: string; readonly operations: readonly GraphOperation[] } | null => {
  const { source, target } = wireKinds({ document, portsOf }, edge);
  const nowhere = { x: 0, y: 0 };
  const [from, to] = [edge.from.node, edge.to.node].map((id) => document.layout[id] ?? nowhere);
  const middle = {
    x: ((from?.x ?? 0) + (to?.x ?? 0)) / 2,
    y: ((from?.y ?? 0) + (to?.y ?? 0)) / 2 + cardGeometry.header,
  };
  const added = addNode(document, definition, freePlace(document, middle), random);
  const through = throughPorts(portsOf(added.node), source, target);
  if (through === null) return null;
  return {
    id: added.id,
    operations: [
      { type: "disconnect", edges: [edge.id] },
      ...added.operations,
      {
        type: "connect",
        edge: { id: newEdgeId(random), from: edge.from, to: { node: added.id, port: through.input } },
      },
      { type: "connect", edge: { id: newEdgeId(random), from: { node: added.id, port: through.output }, to: edge.to } },
    ],
  };
};

export interface Replaced {
  readonly operations: readonly GraphOperation[];
  /** Wires that no port of the new step takes. */
  readonly cut: number;
}

/**
 * Puts another kind of step in a step's place. Its name and its place stay, settings of the same name that the new kind takes, and every wire that a port of it takes: one
 * of the same name, else of the same kind, else the first that fits and is free.
 */
export const replaceStep = (
  node: GraphNode,
  definition: AnyNode,
  { document, portsOf, random }: PutWorld,
): Replaced => {
  const { id: _, ...fresh } = newNode(definition, new Set(), random);
  const config = keptConfig(definition, fresh.config, node.config);
  const next: GraphNode = {
    ...fresh,
    id: node.id,
    config,
    ...(node.label !== undefined && { label: node.label }),
    ...(node.policy !== undefined && { policy: node.policy }),
    disabled: node.disabled,
  };
  const ports = portsOf(next);
  const operations: GraphOperation[] = [{ type: "replace-node", node: next }];
  const taken = new Set<string>();
  let cut = 0;
  for (const edge of document.edges) {
    const isInto = edge.to.node === node.id;
    if (!isInto && edge.from.node !== node.id) continue;
    const other = isInto
      ? kindOf(document, portsOf, edge.from, "outputs")
      : kindOf(document, portsOf, edge.to, "inputs");
    const free = isInto
      ? Object.fromEntries(Object.entries(ports.inputs).filter(([name]) => !taken.has(name)))
      : ports.outputs;
    const port = fitting(
      free,
      isInto ? edge.to.port : edge.from.port,
      (each) => (isInto ? canConnect(other, each.kind) : canConnect(each.kind, other)),
      (each) => each.kind === other,
    );
    if (isInto && port !== null) taken.add(port);
    if (port === (isInto ? edge.to.port : edge.from.port)) continue;
    operations.push({ type: "disconnect", edges: [edge.id] });
    if (port === null) cut += 1;
    else
      operations.push({
        type: "connect",
        edge: isInto
          ? { id: newEdgeId(random), from: edge.from, to: { node: node.id, port } }
          : { id: newEdgeId(random), from: { node: node.id, port }, to: edge.to },
      });
  }
  return { operations, cut };
};

/** Settings of the same name, as far as the new kind reads them. */
const keptConfig = (
  definition: AnyNode,
  fresh: GraphNode["config"],
  former: GraphNode["config"],
): GraphNode["config"] => {
  const config = { ...fresh };
  for (const [name, schema] of Object.entries(definition.config.shape)) {
    if (!Object.hasOwn(former, name)) continue;
    const value = former[name] as GraphNode["config"][string];
    if ((schema as { safeParse(value: unknown): { success: boolean } }).safeParse(value).success) config[name] = value;
  }
  return definition.config.safeParse(config).success ? config : fresh;
};
