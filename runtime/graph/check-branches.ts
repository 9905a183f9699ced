import type { Branch } from "@/runtime/node/define-node";
import { getOwn } from "@/runtime/node/record";
import type { Diagnostic } from "./diagnostic";
import type { GraphDocument, GraphEdge } from "./document";
import type { ResolvedNode } from "./resolve-node";

/** Names that one sentence tells of; more are counted. */
const mostNamed = 8;

type Nodes = ReadonlyMap<string, ResolvedNode>;

const list = (names: readonly string[]): string => {
  const named = names.slice(0, mostNamed).map((name) => `"${name}"`);
  return [...named, ...(names.length > mostNamed ? [`+${names.length - mostNamed}`] : [])].join(", ");
};

/**
 * Says where a run may end without a result: a node that takes one of several ways has ways that lead nowhere beside ways that lead on. Where
 * all values that can come are known, as labels of a classifier are, a way that none of them takes is told of too.
 */
export const checkBranches = (document: GraphDocument, nodes: Nodes): Diagnostic[] => {
  const outgoing = new Map<string, Set<string>>();
  for (const { from } of document.edges) outgoing.set(from.node, (outgoing.get(from.node) ?? new Set()).add(from.port));
  const problems: Diagnostic[] = [];
  for (const resolved of nodes.values()) {
    const { definition, config, ports, node } = resolved;
    if (definition?.branches === undefined || ports === undefined || node.disabled) continue;
    const wired = outgoing.get(node.id) ?? new Set();
    const known = knownValues(node.id, document.edges, nodes);
    const branches: readonly Branch[] = definition.branches(config, known);
    if (!branches.some(({ port }) => wired.has(port))) continue;
    const name = node.label ?? definition.title.en;
    const open = branches.filter((branch) => branch.taken && !wired.has(branch.port));
    if (open.length > 0) {
      const ports = open.map(({ port }) => port);
      const values = [...new Set(open.flatMap((branch) => branch.values ?? []))];
      problems.push({
        code: "branch-unwired",
        severity: "warning",
        message: `Nothing follows ${list(ports)} of "${name}": a run that goes there may end without a result.`,
        hint:
          values.length === 0
            ? "Wire it on, for instance to an output."
            : `That happens for ${list(values)}. Wire it on, or add cases.`,
        params: { node: name, ports: ports.join("\n"), values: values.join("\n") },
        at: { node: node.id, port: open[0]?.port ?? "" },
      });
    }
    const never = branches.filter(({ port, taken, values }) => !taken && values !== undefined && wired.has(port));
    if (never.length > 0) {
      const values = [...new Set([...known.values()].flat())];
      const ports = never.map(({ port }) => port);
      problems.push({
        code: "branch-never-taken",
        severity: "warning",
        message: `"${name}" never takes ${list(ports)}: what comes in is one of ${list(values)}.`,
        hint: "Correct the case, or the label that it is for.",
        params: { node: name, ports: ports.join("\n"), values: values.join("\n") },
        at: { node: node.id, port: never[0]?.port ?? "" },
      });
    }
  }
  return problems;
};

/** All values that can come into each input, where the output that feeds it says so. */
const knownValues = (id: string, edges: readonly GraphEdge[], nodes: Nodes): ReadonlyMap<string, readonly string[]> => {
  const known = new Map<string, readonly string[]>();
  for (const { from, to } of edges) {
    if (to.node !== id) continue;
    const source = nodes.get(from.node);
    if (source?.definition?.emits === undefined || source.ports === undefined || source.node.disabled) continue;
    const values = getOwn(source.definition.emits(source.config), from.port);
    if (values !== undefined) known.set(to.port, values);
  }
  return known;
};
