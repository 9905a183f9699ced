import type { GraphDocument } from "@/runtime/graph/document";
import { canonicalJson, graphHash } from "@/runtime/graph/hash";
import type { NodeOverride } from "@/runtime/graph/overrides";
import { variantsOf } from "@/runtime/graph/variants";
import { compareLimits } from "./compare-limits";

/** Settings that answer the cases: the node's own, or those of a variant. */
export interface CompareColumn {
  /** `base`, or the node and the variant: two nodes' variants may have one id. */
  readonly id: string;
  /** null for the base. */
  readonly label: string | null;
  readonly overrides: readonly NodeOverride[];
}

export const baseColumn = "base";

/** Every column that there could be, the base first. */
export const columnsOf = (document: GraphDocument, node: string): readonly CompareColumn[] => [
  { id: baseColumn, label: null, overrides: [] },
  ...variantsOf(document, node).map(({ id, label, config, unset }) => ({
    id: `${node}/${id}`,
    label,
    overrides: [{ nodeId: node, config, ...(unset && { unset }) }],
  })),
];

/** Those that are shown: what was chosen and is still there, or else the base and the first variants. */
export const shownColumns = (
  all: readonly CompareColumn[],
  chosen: readonly string[] | undefined,
): readonly CompareColumn[] => {
  const kept = all.filter(({ id }) => chosen?.includes(id));
  return (kept.length >= compareLimits.leastColumns ? kept : all).slice(0, compareLimits.mostColumns);
};

/** Takes a column in or out, within the bounds; the oldest choice makes room for nothing: what does not fit is not taken. */
export const toggleColumn = (shown: readonly CompareColumn[], id: string): readonly string[] => {
  const ids = shown.map((column) => column.id);
  if (ids.includes(id)) return ids.length > compareLimits.leastColumns ? ids.filter((each) => each !== id) : ids;
  return ids.length < compareLimits.mostColumns ? [...ids, id] : ids;
};

/** Names what a cell runs: graph, settings laid over it, inputs. */
export const madeOf = (
  document: GraphDocument,
  { overrides }: CompareColumn,
  inputs: Readonly<Record<string, unknown>>,
): string => `${graphHash(document)} ${canonicalJson(overrides)} ${canonicalJson(inputs)}`;
