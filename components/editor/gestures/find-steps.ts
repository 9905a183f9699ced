import type { GraphDocument, GraphNode } from "@/runtime/graph/document";

export interface FoundStep {
  readonly node: string;
  readonly type: string;
  /** Containers around it, outermost first. */
  readonly inside: readonly string[];
  /** What it is called, with what it lies in. */
  readonly title: string;
  /** The setting that the words stand in, where they are not in its name. */
  readonly field: string | null;
  /** A line around them. */
  readonly excerpt: string;
}

export interface StepNames {
  readonly titleOf: (node: GraphNode) => string;
  readonly typeOf: (node: GraphNode) => string;
}

/** Steps that are shown at once. */
export const mostFound = 100;
const around = 40;

/**
 * The steps of a pipeline, those inside containers too, that hold all words of a query in their name, their kind or one of their settings; first those whose name holds them. All of them
 * for an empty query, as many as are shown.
 */
export const findSteps = (document: GraphDocument, query: string, names: StepNames): readonly FoundStep[] => {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  const named: FoundStep[] = [];
  const others: FoundStep[] = [];
  const look = (at: GraphDocument, inside: readonly string[], path: string) => {
    for (const node of at.nodes) {
      const title = `${path}${names.titleOf(node)}`;
      const found = { node: node.id, type: node.type, inside, title, field: null, excerpt: names.typeOf(node) };
      const heading = `${names.titleOf(node)} ${names.typeOf(node)} ${node.id}`.toLowerCase();
      if (words.every((word) => heading.includes(word))) named.push(found);
      else {
        const place = placeOf(node.config, words);
        if (place !== null) others.push({ ...found, ...place });
      }
      if (node.body) look(node.body, [...inside, node.id], `${title} › `);
    }
  };
  look(document, [], "");
  return [...named, ...others].slice(0, mostFound);
};

/** The first setting that holds all words. */
const placeOf = (
  config: GraphNode["config"],
  words: readonly string[],
): Pick<FoundStep, "field" | "excerpt"> | null => {
  for (const [field, value] of Object.entries(config)) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const lower = text.toLowerCase();
    if (!words.every((word) => lower.includes(word))) continue;
    const at = Math.max(0, lower.indexOf(words[0] ?? ""));
    const from = Math.max(0, at - around);
    const cut = text.slice(from, at + around * 2).replace(/\s+/gu, " ");
    return { field, excerpt: `${from > 0 ? "…" : ""}${cut}${at + around * 2 < text.length ? "…" : ""}` };
  }
  return null;
};
