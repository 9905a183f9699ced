import { isVariableName, variableNameLength } from "@/nodes/lib/variable-name";
import type { GraphDocument, GraphEdge, GraphNode, PortRef, Position } from "@/runtime/graph/document";
import type { GraphOperation } from "@/runtime/graph/edit/operation";
import { downstream, topologyOf, upstream } from "@/runtime/graph/topology";
import { variantsOf } from "@/runtime/graph/variants";
import type { Catalog } from "@/runtime/node/catalog";
import type { PortKind } from "@/runtime/node/port";
import { getOwn } from "@/runtime/node/record";
import type { PortLookup } from "../store/node-ports";
import { newEdgeId, newNodeId, type RandomWord } from "./identifiers";
import { defaultConfig } from "./new-node";
import { runWholeOrNotAtAll } from "./whole-or-none";

/** The container that a selection becomes. */
export const groupType = "flow/sub-pipeline";

export type ExtractRefusal =
  /** Nothing is left without inputs and outputs of the pipeline, which stay where they are. */
  | "nothing"
  /** A way out of the selection leads back into it. */
  | "cycle"
  /** They do not all run in the same cases, and a container runs as a whole or not at all. */
  | "branch"
  | "unknown";

export interface Extracted {
  /** Of the container. */
  readonly id: string;
  readonly operations: readonly GraphOperation[];
}

interface Setting {
  readonly document: GraphDocument;
  readonly catalog: Catalog;
  readonly portsOf: PortLookup;
  readonly random: RandomWord;
}

/** Longest text that an input field takes. */
const longestText = 200_000;

/** What an input field of a body is called by what a wire carries. */
const fieldKind = (kind: PortKind): string =>
  kind === "text" || kind === "number" || kind === "image" || kind === "audio" || kind === "file" ? kind : "json";

/** A port's name as a variable may be called, and no other is. */
const freeName = (wished: string, taken: Set<string>): string => {
  const letters = wished.replace(/[^\p{L}\p{M}\p{N}_-]/gu, "_").slice(0, variableNameLength - 4);
  const base = isVariableName(letters) && letters !== "error" ? letters : "value";
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base}${number}`;
  taken.add(name);
  return name;
};

const keyOf = ({ node, port }: PortRef): string => JSON.stringify([node, port]);

/** Puts the chosen steps into a container of their own. What was wired stays wired: each outside value that comes in is an input of it, each that goes out an output. */
export const extractNodes = (chosen: ReadonlySet<string>, setting: Setting): Extracted | ExtractRefusal => {
  const { document, catalog, portsOf, random } = setting;
  const group = catalog.get(groupType);
  const boundary = (side: "input" | "output") => catalog.get(`io/${side}`);
  const [input, output] = [boundary("input"), boundary("output")];
  if (group === undefined || input === undefined || output === undefined) return "unknown";
  const inside = document.nodes.filter(({ id, type }) => chosen.has(id) && catalog.get(type)?.boundary === undefined);
  const ids = new Set(inside.map(({ id }) => id));
  if (ids.size === 0) return "nothing";
  const topology = topologyOf(document);
  const before = upstream(topology, [...ids]);
  for (const id of downstream(topology, [...ids])) if (before.has(id) && !ids.has(id)) return "cycle";
  if (!runWholeOrNotAtAll(ids, setting)) return "branch";

  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const kindOf = ({ node, port }: PortRef): PortKind => {
    const source = nodes.get(node);
    return (source && getOwn(portsOf(source).outputs, port)?.kind) ?? "any";
  };
  const fields = new Map<string, { readonly name: string; readonly kind: string; readonly from: PortRef }>();
  const results = new Map<string, { readonly name: string; readonly from: PortRef }>();
  const fieldNames = new Set<string>();
  const resultNames = new Set<string>();
  const inner: GraphEdge[] = [];
  const outer: GraphEdge[] = [];
  const taken = new Set(document.nodes.map(({ id }) => id));
  const id = newNodeId(groupType, taken, random);
  // A step inside may be called so already.
  const [inputId, outputId] = (["input", "output"] as const).map((name) =>
    ids.has(name) ? newNodeId(`io/${name}`, ids, random) : name,
  ) as [string, string];
  for (const edge of document.edges) {
    const [fromInside, toInside] = [ids.has(edge.from.node), ids.has(edge.to.node)];
    if (fromInside && toInside) inner.push(edge);
    else if (toInside) {
      const key = keyOf(edge.from);
      const known = fields.get(key) ?? {
        name: freeName(edge.to.port, fieldNames),
        kind: fieldKind(kindOf(edge.from)),
        from: edge.from,
      };
      fields.set(key, known);
      inner.push({ ...edge, from: { node: inputId, port: known.name } });
    } else if (fromInside) {
      const key = keyOf(edge.from);
      const known = results.get(key) ?? { name: freeName(edge.from.port, resultNames), from: edge.from };
      results.set(key, known);
      outer.push({ ...edge, from: { node: id, port: known.name } });
    }
  }
  const places = inside.map((node) => document.layout[node.id] ?? { x: 0, y: 0 });
  const left = Math.min(...places.map(({ x }) => x));
  const right = Math.max(...places.map(({ x }) => x));
  const top = Math.min(...places.map(({ y }) => y));
  const ends: GraphNode[] = [];
  const layout: Record<string, Position> = Object.fromEntries(
    inside.map((node, index) => [node.id, places[index] as Position]),
  );
  const end = (side: "input" | "output", id: string, config: GraphNode["config"], x: number) => {
    const { version, type } = side === "input" ? input : output;
    ends.push({ id, type, typeVersion: version, config, disabled: false });
    layout[id] = { x, y: top };
  };
  const gap = 320;
  if (fields.size > 0) {
    const declared = [...fields.values()].map(({ name, kind }) => ({
      name,
      kind,
      ...(kind === "text" ? { maxLength: longestText } : {}),
    }));
    end("input", inputId, { fields: declared }, left - gap);
  }
  if (results.size > 0) {
    const outputs = [...results.values()].map(({ name }) => ({ name, title: "" }));
    end("output", outputId, { outputs }, right + gap);
  }
  const variants = Object.fromEntries(
    inside.flatMap((node) => {
      const list = variantsOf(document, node.id);
      return list.length === 0 ? [] : [[node.id, [...list]]];
    }),
  );
  const body: GraphDocument = {
    schemaVersion: 1,
    nodes: [...ends, ...inside],
    edges: [
      ...inner,
      ...[...results.values()].map(({ name, from }) => ({
        id: newEdgeId(random),
        from,
        to: { node: outputId, port: name },
      })),
    ],
    layout,
    ...(Object.keys(variants).length > 0 && { variants }),
  };
  return {
    id,
    operations: [
      { type: "remove-nodes", nodes: [...ids] },
      {
        type: "add-node",
        node: {
          id,
          type: groupType,
          typeVersion: group.version,
          config: defaultConfig(group),
          disabled: false,
          body,
        },
        position: { x: Math.round((left + right) / 2), y: top },
      },
      ...[...fields.values()].map(
        ({ name, from }): GraphOperation => ({
          type: "connect",
          edge: { id: newEdgeId(random), from, to: { node: id, port: name } },
        }),
      ),
      ...outer.map((edge): GraphOperation => ({ type: "connect", edge: { ...edge, id: newEdgeId(random) } })),
    ],
  };
};
