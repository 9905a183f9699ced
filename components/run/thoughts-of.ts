import type { GraphDocument } from "@/runtime/graph/document";
import { nodeOfPath } from "@/runtime/graph/node-of-path";
import { resolveNode } from "@/runtime/graph/resolve-node";
import type { Catalog } from "@/runtime/node/catalog";
import type { Locale } from "@/runtime/node/localized";
import type { KeptThinking } from "@/runtime/run/events";
import type { RunState } from "@/runtime/run/reduce";

export interface StepThoughts {
  readonly key: string;
  /** Of the step. */
  readonly title: string;
  readonly thinking: Pick<KeptThinking, "text" | "omitted" | "estimated"> & { readonly tokens?: number };
  readonly streaming: boolean;
}

/** A result shows the thoughts of so many calls; the steps themselves show all. */
const mostShown = 5;

/** What the models of a run thought or are thinking, by step, in the order they began. */
export const thoughtsOf = (
  document: GraphDocument,
  catalog: Catalog,
  run: RunState,
  locale: Locale,
): readonly StepThoughts[] => {
  const found: StepThoughts[] = [];
  for (const [key, { path, calls, thinking, status }] of run.nodes) {
    const kept = calls.flatMap((call) =>
      call.thinking === undefined ? [] : [{ seq: call.seq, thinking: call.thinking }],
    );
    if (kept.length === 0 && thinking === "") continue;
    const node = nodeOfPath(document, path);
    const title = node?.label ?? (node && resolveNode(node, catalog).definition?.title[locale]) ?? path.at(-1) ?? "";
    for (const { seq, thinking: of } of kept)
      found.push({ key: `${key}:${seq}`, title, thinking: of, streaming: false });
    if (thinking !== "") found.push({ key, title, thinking: { text: thinking }, streaming: status === "running" });
  }
  return found.slice(0, mostShown);
};
