import type { GraphDocument, GraphNode } from "./document";
import { sameBody, sameJson } from "./hash";

/** Steps whose recorded results say nothing of another version any more: of a document, and of the bodies of its containers by their ids. */
export interface ChangedSteps {
  readonly steps: ReadonlySet<string>;
  readonly inside: ReadonlyMap<string, ChangedSteps>;
}

/**
 * What `to` does otherwise than `from`, step by step: by what a step is, its settings and what is wired into it. Names, places, retries and time limits change
 * no result that is there. What only follows a changed step is not named.
 */
export const changedSteps = (from: GraphDocument, to: GraphDocument): ChangedSteps => {
  const before = new Map(from.nodes.map((node) => [node.id, node]));
  const [wiredBefore, wiredAfter] = [wiresInto(from), wiresInto(to)];
  const steps = new Set<string>();
  const inside = new Map<string, ChangedSteps>();
  for (const node of to.nodes) {
    const former = before.get(node.id);
    if (former === undefined || !isSameStep(former, node) || wiredBefore.get(node.id) !== wiredAfter.get(node.id)) {
      steps.add(node.id);
      continue;
    }
    if (sameBody(former.body, node.body)) continue;
    if (former.body === undefined || node.body === undefined) steps.add(node.id);
    else {
      const changed = changedSteps(former.body, node.body);
      if (changed.steps.size > 0 || changed.inside.size > 0) inside.set(node.id, changed);
    }
  }
  return { steps, inside };
};

/** How many steps are named, those in containers too. */
export const countChanged = ({ steps, inside }: ChangedSteps): number =>
  steps.size + [...inside.values()].reduce((sum, changed) => sum + countChanged(changed), 0);

const isSameStep = (a: GraphNode, b: GraphNode): boolean =>
  a.type === b.type && a.typeVersion === b.typeVersion && a.disabled === b.disabled && sameJson(a.config, b.config);

/** By step, the wires that end in it, written so that equal sets are equal texts. */
const wiresInto = ({ edges }: GraphDocument): ReadonlyMap<string, string> => {
  const wires = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const list = wires.get(to.node) ?? [];
    list.push(JSON.stringify([to.port, from.node, from.port]));
    wires.set(to.node, list);
  }
  return new Map([...wires].map(([node, list]) => [node, list.sort().join()]));
};
