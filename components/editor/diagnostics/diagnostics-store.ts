import { createStore, type StoreApi } from "zustand/vanilla";
import type { Diagnostic } from "@/runtime/graph/diagnostic";

export interface DiagnosticsState {
  readonly all: readonly Diagnostic[];
  readonly byNode: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly byEdge: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly errors: number;
  readonly warnings: number;
}
export type DiagnosticsStore = StoreApi<DiagnosticsState>;

export const noDiagnostics: DiagnosticsState = {
  all: [],
  byNode: new Map(),
  byEdge: new Map(),
  errors: 0,
  warnings: 0,
};

export const createDiagnosticsStore = (): DiagnosticsStore => createStore<DiagnosticsState>()(() => noDiagnostics);

/**
 * Sorts diagnostics by where they show on the canvas, on which the innermost container of `scope` is open: what is wrong further inside shows at
 * the container that it lies in. A node's unchanged list keeps its identity, so its card is not drawn again.
 */
export const arrangeDiagnostics = (
  all: readonly Diagnostic[],
  former: DiagnosticsState,
  scope: readonly string[] = [],
): DiagnosticsState => ({
  all,
  byNode: groupBy(all, (diagnostic) => shownAt(diagnostic, scope), former.byNode),
  byEdge: groupBy(
    all,
    ({ at }) =>
      isInside(at?.inside ?? [], scope) && (at?.inside ?? []).length === scope.length ? at?.edge : undefined,
    former.byEdge,
  ),
  errors: all.filter(({ severity }) => severity === "error").length,
  warnings: all.filter(({ severity }) => severity === "warning").length,
});

const isInside = (inside: readonly string[], scope: readonly string[]): boolean =>
  scope.every((id, index) => inside[index] === id);

const shownAt = ({ at }: Diagnostic, scope: readonly string[]): string | undefined => {
  const inside = at?.inside ?? [];
  return isInside(inside, scope) ? (inside[scope.length] ?? at?.node) : undefined;
};

const groupBy = (
  all: readonly Diagnostic[],
  keyOf: (diagnostic: Diagnostic) => string | undefined,
  former: ReadonlyMap<string, readonly Diagnostic[]>,
): ReadonlyMap<string, readonly Diagnostic[]> => {
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of all) {
    const key = keyOf(diagnostic);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(diagnostic);
    else groups.set(key, [diagnostic]);
  }
  return new Map(
    [...groups].map(([key, group]) => {
      const before = former.get(key);
      return [key, before && JSON.stringify(before) === JSON.stringify(group) ? before : group];
    }),
  );
};
