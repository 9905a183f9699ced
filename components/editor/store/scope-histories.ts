import { bodyAt } from "@/runtime/graph/body-at";
import type { GraphDocument } from "@/runtime/graph/document";
import type { GraphOperation } from "@/runtime/graph/edit/operation";
import { emptyHistory, type History } from "./history";

interface Kept {
  readonly scope: readonly string[];
  readonly history: History<GraphOperation>;
  /** What its container held when it was taken away; null while it is there. */
  readonly gone: GraphDocument | null;
}

/** Histories of what is not on the canvas: of containers, and of the pipeline while one of them is open. */
export class ScopeHistories {
  readonly #kept = new Map<string, Kept>();

  /** Empty where nothing is known of the scope. */
  of(scope: readonly string[]): History<GraphOperation> {
    return this.#kept.get(keyOf(scope))?.history ?? emptyHistory;
  }

  keep(scope: readonly string[], history: History<GraphOperation>): void {
    this.#kept.set(keyOf(scope), { scope, history, gone: null });
  }

  clear(): void {
    this.#kept.clear();
  }

  /**
   * What a scope holds was changed, from `before` to `after`. The steps of a container in it whose body was replaced by that were made in a document that is
   * gone, and are forgotten; those of one that was taken away wait for it to come back as it was.
   */
  changed(scope: readonly string[], before: GraphDocument, after: GraphDocument): void {
    for (const [key, kept] of this.#kept) {
      if (kept.scope.length <= scope.length || scope.some((id, depth) => kept.scope[depth] !== id)) continue;
      const inside = kept.scope.slice(scope.length);
      const body = bodyAt(after, inside);
      const former = bodyAt(before, inside) ?? kept.gone;
      if (body === null) this.#kept.set(key, { ...kept, gone: former });
      else if (body !== former) this.#kept.delete(key);
      else if (kept.gone !== null) this.#kept.set(key, { ...kept, gone: null });
    }
  }
}

const keyOf = (scope: readonly string[]): string => JSON.stringify(scope);
