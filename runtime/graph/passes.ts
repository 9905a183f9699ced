import type { Catalog } from "@/runtime/node/catalog";
import { canConnect } from "@/runtime/node/connection";
import { errorPortName } from "@/runtime/node/error-port";
import type { PortKind } from "@/runtime/node/port";
import { getOwn } from "@/runtime/node/record";
import type { GraphDocument, PortRef } from "./document";
import { type ResolvedNode, resolveNode } from "./resolve-node";

/** Input -> kind of the output that is wired into it. */
export type WiredKinds = ReadonlyMap<string, PortKind>;

/** Output -> input whose value goes on through it. */
export type Passes = ReadonlyMap<string, string>;

const nothing: Passes = new Map();

/** What a node lets through while it is switched off. Outputs that are not named give nothing. */
export const passesOf = ({ definition, config, ports }: ResolvedNode, wired: WiredKinds): Passes => {
  if (definition === undefined || ports === undefined || definition.boundary !== undefined) return nothing;
  const carried = new Map(
    Object.entries(ports.inputs).flatMap(([name, { kind }]): [string, PortKind][] => {
      const source = wired.get(name);
      // An input of any kind carries what its wire brings.
      return source === undefined ? [] : [[name, kind === "any" ? source : kind]];
    }),
  );
  const declared = typeof definition.passes === "function" ? definition.passes(config) : definition.passes;
  const passes = new Map<string, string>();
  for (const [output, { kind, optional }] of Object.entries(ports.outputs)) {
    const input =
      declared !== undefined
        ? getOwn(declared, output)
        : optional || output === errorPortName
          ? undefined
          : onlyFit(output, kind, carried);
    const from = input === undefined ? undefined : carried.get(input);
    if (input !== undefined && from !== undefined && canConnect(from, kind)) passes.set(output, input);
  }
  return passes;
};

/** The one input that fits: of the same kind before one that would be turned into it, and of several the one of the same name. */
const onlyFit = (output: string, kind: PortKind, carried: WiredKinds): string | undefined => {
  const same = [...carried].filter(([, from]) => from === kind || from === "any" || kind === "any");
  const fits = same.length > 0 ? same : [...carried].filter(([, from]) => canConnect(from, kind));
  const [only] = fits.length === 1 ? fits : fits.filter(([name]) => name === output);
  return only?.[0];
};

/** Kinds that are wired into each node, by node. */
export const wiredKinds = (document: GraphDocument, catalog: Catalog): ReadonlyMap<string, WiredKinds> => {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const wired = new Map<string, Map<string, PortKind>>();
  for (const { from, to } of document.edges) {
    const source = nodes.get(from.node);
    const kind = source && getOwn(resolveNode(source, catalog).ports?.outputs ?? {}, from.port)?.kind;
    const inputs = wired.get(to.node) ?? new Map<string, PortKind>();
    inputs.set(to.port, kind ?? "any");
    wired.set(to.node, inputs);
  }
  return wired;
};

/**
 * Where the value of an output comes from in the end: the output itself, or, where its node is switched off, what goes on through it.
 * null where nothing does.
 */
export const sourceThrough = (document: GraphDocument, catalog: Catalog, begun: PortRef): PortRef | null => {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  let wired: ReturnType<typeof wiredKinds> | null = null;
  let at = begun;
  // No way is longer than there are nodes; a circle is an error that is reported elsewhere.
  for (let step = 0; step <= document.nodes.length; step++) {
    const node = nodes.get(at.node);
    if (node === undefined) return null;
    if (!node.disabled) return at;
    wired ??= wiredKinds(document, catalog);
    const input = passesOf(resolveNode(node, catalog), wired.get(node.id) ?? new Map()).get(at.port);
    const edge = document.edges.find(({ to }) => to.node === node.id && to.port === input);
    if (input === undefined || edge === undefined) return null;
    at = edge.from;
  }
  return null;
};
