import { type GraphDocument, type GraphNode, graphLimits, type NodeVariant } from "@/runtime/graph/document";
import type { GraphOperation } from "@/runtime/graph/edit/operation";
import { configChange } from "@/runtime/graph/edit/set-config";
import { configChanges, configWith, promoteVariant, variantsOf } from "@/runtime/graph/variants";
import type { Catalog } from "@/runtime/node/catalog";
import type { NodePorts } from "../store/node-ports";
import { followRenames } from "./edit-config";
import type { RandomWord } from "./identifiers";

type Json = GraphNode["config"][string];
type Operations = readonly GraphOperation[];

const nothing: Operations = [];

const put = (node: string, variants: readonly NodeVariant[]): Operations => [{ type: "set-variants", node, variants }];

const nodeOf = (document: GraphDocument, id: string): GraphNode | undefined =>
  document.nodes.find((each) => each.id === id);

const changeOne = (
  document: GraphDocument,
  node: string,
  id: string,
  change: (variant: NodeVariant) => NodeVariant,
): Operations => {
  const variants = variantsOf(document, node);
  if (!variants.some((variant) => variant.id === id)) return nothing;
  return put(
    node,
    variants.map((variant) => (variant.id === id ? change(variant) : variant)),
  );
};

/** `wanted`, or with the lowest number behind it that makes it the only one of its kind; never longer than a label may be. */
export const freeLabel = (variants: readonly NodeVariant[], wanted: string): string => {
  const taken = new Set(variants.map(({ label }) => label));
  const begun = wanted.trim().slice(0, graphLimits.labelLength - 4);
  for (let number = 1; ; number += 1) {
    const label = number === 1 ? begun : `${begun} ${number}`;
    if (!taken.has(label)) return label;
  }
};

/** Adds a variant with the settings of the node, or of the variant `from`, and puts it behind that one. null where no more fit. */
export const addVariant = (
  document: GraphDocument,
  node: string,
  { from, label }: { readonly from: string | null; readonly label: string },
  random: RandomWord,
): { readonly id: string; readonly operations: Operations } | null => {
  const variants = variantsOf(document, node);
  if (!nodeOf(document, node) || variants.length >= graphLimits.variantsOfNode) return null;
  const source = variants.findIndex(({ id }) => id === from);
  const { config = {}, unset } = variants[source] ?? {};
  const made: NodeVariant = {
    id: `variant-${random(8)}`,
    label: freeLabel(variants, label),
    config,
    ...(unset && { unset }),
  };
  const at = source === -1 ? variants.length : source + 1;
  return { id: made.id, operations: put(node, variants.toSpliced(at, 0, made)) };
};

/** A label of nothing but spaces changes nothing. */
export const renameVariant = (document: GraphDocument, node: string, id: string, label: string): Operations => {
  const text = label.trim().slice(0, graphLimits.labelLength).trim();
  return text === "" ? nothing : changeOne(document, node, id, (variant) => ({ ...variant, label: text }));
};

export const removeVariant = (document: GraphDocument, node: string, id: string): Operations => {
  const variants = variantsOf(document, node);
  const kept = variants.filter((variant) => variant.id !== id);
  return kept.length === variants.length ? nothing : put(node, kept);
};

/** Sets one of a variant's settings; `undefined` leaves it out. A setting made equal to the node's own is no difference any more. */
export const editVariant = (
  document: GraphDocument,
  node: string,
  id: string,
  field: string,
  value: Json | undefined,
): Operations => {
  const own = nodeOf(document, node)?.config;
  if (!own) return nothing;
  return changeOne(document, node, id, (variant) => {
    const wanted = { ...configWith(own, variant) };
    if (value === undefined) delete wanted[field];
    else wanted[field] = value;
    return { id: variant.id, label: variant.label, ...configChanges(own, wanted) };
  });
};

/** Swaps a variant with the node's own settings, which stay as a variant called `label`. Wires follow a port that it renames. */
export const makeBase = (
  document: GraphDocument,
  catalog: Catalog,
  before: NodePorts,
  { node: id, variant, label }: { readonly node: string; readonly variant: string; readonly label: string },
  random: RandomWord,
): Operations => {
  const node = nodeOf(document, id);
  const variants = variantsOf(document, id);
  if (!node || !variants.some((each) => each.id === variant)) return nothing;
  const others = variants.filter((each) => each.id !== variant);
  const promoted = promoteVariant(node.config, variants, variant, freeLabel(others, label));
  return [
    configChange(id, node.config, promoted.config),
    ...put(id, promoted.variants),
    ...followRenames(document, catalog, before, { ...node, config: promoted.config }, random),
  ];
};
