import type { AnyNode } from "@/runtime/node/catalog";
import { categoryInfo, categoryOf } from "@/runtime/node/category";
import type { Category } from "@/runtime/node/define-node";

export interface PaletteGroup {
  readonly category: Category;
  readonly nodes: readonly AnyNode[];
}

const categoriesInOrder = Object.keys(categoryInfo) as Category[];

/** Every word must be found; a hit in the title counts more than one in the keywords, and that more than one in the summary. */
const score = (node: AnyNode, words: readonly string[]): number => {
  const category = categoryOf(node.type);
  const titles = [node.title.en, node.title.zh, node.type].map(fold);
  const keywords = [...(node.keywords ?? []), ...(category ? Object.values(categoryInfo[category].title) : [])].map(
    fold,
  );
  const summaries = [node.summary.en, node.summary.zh].map(fold);
  let total = 0;
  for (const word of words) {
    if (titles.includes(word)) total += 9;
    else if (titles.some((title) => title.startsWith(word))) total += 8;
    else if (titles.some((title) => title.includes(word))) total += 5;
    else if (keywords.some((keyword) => keyword.includes(word))) total += 3;
    else if (summaries.some((summary) => summary.includes(word))) total += 1;
    else return 0;
  }
  return total;
};

const fold = (text: string): string => text.normalize("NFKC").toLocaleLowerCase("en");

/** Nodes that match, best first; in both languages at once, whatever the interface's own is. */
export const searchNodes = (nodes: readonly AnyNode[], query: string): readonly AnyNode[] => {
  const words = fold(query.slice(0, 100)).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return nodes;
  return nodes
    .map((node, order) => ({ node, order, score: score(node, words) }))
    .filter((found) => found.score > 0)
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .map(({ node }) => node);
};

export const groupByCategory = (nodes: readonly AnyNode[]): readonly PaletteGroup[] =>
  categoriesInOrder
    .map((category) => ({ category, nodes: nodes.filter((node) => categoryOf(node.type) === category) }))
    .filter((group) => group.nodes.length > 0);
