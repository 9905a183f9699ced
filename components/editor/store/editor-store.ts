import type { EdgeChange, NodeChange } from "@xyflow/react";
import { createStore, type StoreApi } from "zustand/vanilla";
import { bodyAt, withBodyAt } from "@/runtime/graph/body-at";
import type { GraphDocument, GraphNode, Position } from "@/runtime/graph/document";
import { applyOperation } from "@/runtime/graph/edit/apply";
import type { GraphOperation } from "@/runtime/graph/edit/operation";
import { resolveNode } from "@/runtime/graph/resolve-node";
import type { Catalog } from "@/runtime/node/catalog";
import type { Locale } from "@/runtime/node/localized";
import {
  type CardNode,
  emptySelection,
  type FlowContext,
  flowEdges,
  flowNodes,
  type Selection,
  type SpokenNames,
  type WireEdge,
} from "./flow-elements";
import { emptyHistory, type History, remember, stepBack, stepForward } from "./history";
import { placeUnplaced } from "./initial-layout";
import { createPortLookup } from "./node-ports";
import { ScopeHistories } from "./scope-histories";

export interface EditorState {
  readonly catalog: Catalog;
  readonly readOnly: boolean;
  /** The whole pipeline: what is saved, checked and run. */
  readonly whole: GraphDocument;
  /** Ids of the containers that are open, outermost first. */
  readonly scope: readonly string[];
  /** What is on the canvas: the whole, or the steps of the innermost container that is open. */
  readonly document: GraphDocument;
  /** Of what is on the canvas; each container has its own. */
  readonly history: History<GraphOperation>;
  readonly selection: Selection;
  /** The same document as React Flow wants it; positions run ahead of the document while a card is dragged. */
  readonly cards: CardNode[];
  readonly wires: WireEdge[];
  readonly dragging: boolean;
  readonly flow: FlowContext;
  /** The last change of the document came from the server, not from the person here. */
  readonly opened: boolean;

  /** Applies operations as one step of the history. Steps with one `key`, close together, become one. */
  apply(operations: readonly GraphOperation[], key?: string | null): void;
  undo(): void;
  redo(): void;
  /** Opens what the containers hold, as far as they are there. None: the pipeline itself. */
  goTo(scope: readonly string[]): void;
  /** Another document in place of this one, e.g. what another tab saved. One step of the history: it can be undone. */
  open(document: GraphDocument): void;
  select(selection: { readonly nodes?: readonly string[]; readonly edges?: readonly string[] }): void;
  /** What React Flow reports: places while dragging, sizes, selection. */
  changeCards(changes: readonly NodeChange<CardNode>[]): void;
  changeWires(changes: readonly EdgeChange<WireEdge>[]): void;
}
export type EditorStore = StoreApi<EditorState>;

export interface EditorStoreOptions {
  readonly document: GraphDocument;
  readonly catalog: Catalog;
  readonly locale: Locale;
  readonly now: () => number;
  /** In the language of the interface; left out where nothing is read out. */
  readonly spoken?: SpokenNames;
  readonly readOnly?: boolean;
}

export const createEditorStore = ({
  document,
  catalog,
  locale,
  now,
  spoken,
  readOnly = false,
}: EditorStoreOptions): EditorStore => {
  const flow: FlowContext = {
    portsOf: createPortLookup(catalog),
    previewOf: (node) => {
      const preview = previewOf(node, catalog);
      return repeats(preview, node, flow) ? "" : preview;
    },
    titleOf: (node) => node.label ?? catalog.get(node.type)?.title[locale] ?? node.type,
    typeOf: (node) => catalog.get(node.type)?.title[locale] ?? node.type,
    runsOf: (type) => catalog.get(type)?.container?.runs ?? null,
    locale,
    spoken,
  };
  const placed = placeUnplaced(document);

  return createStore<EditorState>()((set, get) => {
    const histories = new ScopeHistories();
    /** The document with everything that follows from it. */
    const shown = (next: GraphDocument, selection: Selection): Partial<EditorState> => {
      const kept = keepExisting(selection, next);
      const { cards, wires, whole, scope, document: before } = get();
      if (next !== before) histories.changed(scope, before, next);
      return {
        whole: next === before ? whole : withBodyAt(whole, scope, next),
        document: next,
        selection: kept,
        cards: flowNodes(next, kept, cards, flow),
        wires: flowEdges(next, kept, wires, flow),
        opened: false,
      };
    };
    const travel = (move: typeof stepBack<GraphOperation>) => {
      const state = get();
      const moved = move(state.history);
      if (!moved || state.readOnly) return;
      const before = state.document;
      const { document: after, inverses } = applyAll(before, moved.operations);
      const known = new Set(before.nodes.map(({ id }) => id));
      const returned = after.nodes.filter(({ id }) => !known.has(id)).map(({ id }) => id);
      const selection = returned.length > 0 ? { nodes: new Set(returned), edges: new Set<string>() } : state.selection;
      // The way back is to what is there now: a container that is taken away and brought back holds what was drawn in it since.
      set({ history: turned(moved.history, move === stepBack, inverses), ...shown(after, selection) });
    };
    /** What belongs to another pipeline is looked at here, and changed there. */
    const isFixed = (whole: GraphDocument, scope: readonly string[]): boolean =>
      scope.some((id, depth) => {
        const node = bodyAt(whole, scope.slice(0, depth))?.nodes.find((each) => each.id === id);
        return node !== undefined && catalog.get(node.type)?.container?.isFixed?.(node.config) === true;
      });

    return {
      catalog,
      readOnly,
      whole: placed,
      scope: [],
      document: placed,
      history: emptyHistory,
      selection: emptySelection,
      cards: flowNodes(placed, emptySelection, [], flow),
      wires: flowEdges(placed, emptySelection, [], flow),
      dragging: false,
      flow,
      opened: true,

      apply: (operations, key = null) => {
        const state = get();
        if (state.readOnly) return;
        const { document: after, inverses } = applyAll(state.document, operations);
        if (after === state.document) return;
        const history = remember(state.history, { forward: operations, backward: inverses, key, at: now() });
        set({ history, ...shown(after, state.selection) });
      },
      undo: () => travel(stepBack),
      redo: () => travel(stepForward),
      open: (next) => {
        get().goTo([]);
        // Steps inside containers were made in the document that goes.
        histories.clear();
        const state = get();
        const step = applyAll(state.document, [{ type: "replace-document", document: placeUnplaced(next) }]);
        const forward = [{ type: "replace-document" as const, document: step.document }];
        const history = remember(state.history, { forward, backward: step.inverses, key: null, at: now() });
        set({ history, ...shown(step.document, state.selection), opened: true });
      },
      goTo: (wanted) => {
        const { scope: former, whole, history } = get();
        let scope = [...wanted];
        while (scope.length > 0 && bodyAt(whole, scope) === null) scope = scope.slice(0, -1);
        if (scope.length === former.length && scope.every((id, depth) => id === former[depth])) return;
        histories.keep(former, history);
        const document = placeUnplaced(bodyAt(whole, scope) ?? whole);
        set({
          scope,
          readOnly: readOnly || isFixed(whole, scope),
          document,
          history: histories.of(scope),
          selection: emptySelection,
          cards: flowNodes(document, emptySelection, [], flow),
          wires: flowEdges(document, emptySelection, [], flow),
          dragging: false,
        });
      },
      select: ({ nodes = [], edges = [] }) => {
        set(shown(get().document, { nodes: new Set(nodes), edges: new Set(edges) }));
      },

      changeCards: (changes) => {
        const state = get();
        const patches = new Map<string, Partial<CardNode>>();
        const patch = (id: string, part: Partial<CardNode>) => patches.set(id, { ...patches.get(id), ...part });
        const selected = new Set(state.selection.nodes);
        // React Flow still tells of the card whose button opened its container, when that card is gone from the canvas.
        const here = new Set(state.cards.map(({ id }) => id));
        const moved: Record<string, Position> = {};
        let selectionChanged = false;
        let { dragging } = state;
        for (const change of changes) {
          if ("id" in change && !here.has(change.id)) continue;
          switch (change.type) {
            case "position":
              if (!change.position || state.readOnly) break;
              if (change.dragging) {
                dragging = true;
                patch(change.id, { position: change.position, dragging: true });
              } else moved[change.id] = change.position;
              break;
            case "dimensions":
              if (change.dimensions) patch(change.id, { measured: change.dimensions });
              break;
            case "select":
              if (change.selected === selected.has(change.id)) break;
              selectionChanged = true;
              if (change.selected) selected.add(change.id);
              else selected.delete(change.id);
              patch(change.id, { selected: change.selected });
              break;
            case "add":
            case "remove":
            case "replace":
              break; // The document decides what there is.
            default:
              change satisfies never;
          }
        }
        if (patches.size > 0 || selectionChanged) {
          set({
            dragging,
            cards: state.cards.map((card) => {
              const part = patches.get(card.id);
              return part ? { ...card, ...part } : card;
            }),
            ...(selectionChanged ? { selection: { ...state.selection, nodes: selected } } : {}),
          });
        }
        const places = Object.entries(moved);
        if (places.length === 0) return;
        const wasDrag = dragging;
        const settled = state.cards.some((card) => card.dragging);
        set({ dragging: false });
        // Arrow keys move step by step: one run of them is one undo. A drag is one step by itself.
        get().apply(
          [{ type: "move-nodes", positions: Object.fromEntries(places.map(([id, at]) => [id, rounded(at)])) }],
          wasDrag ? null : `move:${places.map(([id]) => id).join()}`,
        );
        if (settled) set(shown(get().document, get().selection));
      },

      changeWires: (changes) => {
        const state = get();
        const selected = new Set(state.selection.edges);
        for (const change of changes) {
          if (change.type !== "select") continue;
          if (change.selected) selected.add(change.id);
          else selected.delete(change.id);
        }
        const selection = { ...state.selection, edges: selected };
        set({ selection, wires: flowEdges(state.document, selection, state.wires, flow) });
      },
    };
  });
};

/** The step that was just undone or redone, with the way back as it is now. */
const turned = (
  history: History<GraphOperation>,
  undone: boolean,
  inverses: readonly GraphOperation[],
): History<GraphOperation> => {
  const { past, future } = history;
  const [next, ...later] = future;
  const last = past.at(-1);
  if (undone) return next === undefined ? history : { past, future: [{ ...next, forward: inverses }, ...later] };
  return last === undefined ? history : { past: [...past.slice(0, -1), { ...last, backward: inverses }], future };
};

const applyAll = (document: GraphDocument, operations: readonly GraphOperation[]) => {
  let current = document;
  const inverses: GraphOperation[] = [];
  for (const operation of operations) {
    const applied = applyOperation(current, operation);
    current = applied.document;
    inverses.unshift(applied.inverse);
  }
  return { document: current, inverses };
};

const keepExisting = (selection: Selection, document: GraphDocument): Selection => {
  const nodes = new Set(document.nodes.map(({ id }) => id));
  const edges = new Set(document.edges.map(({ id }) => id));
  const keep = (ids: ReadonlySet<string>, known: ReadonlySet<string>): ReadonlySet<string> =>
    [...ids].every((id) => known.has(id)) ? ids : new Set([...ids].filter((id) => known.has(id)));
  const kept = { nodes: keep(selection.nodes, nodes), edges: keep(selection.edges, edges) };
  return kept.nodes === selection.nodes && kept.edges === selection.edges ? selection : kept;
};

const previewOf = (node: GraphNode, catalog: Catalog): string => {
  const { definition, config } = resolveNode(node, catalog);
  if (!definition?.preview || config === undefined) return "";
  return definition.preview(config).replace(/\s+/gu, " ").trim().slice(0, 120);
};

/** Whether a card says the same already, in its title or by the names of its ports. */
const repeats = (preview: string, node: GraphNode, { portsOf, titleOf }: FlowContext): boolean => {
  const said = preview.toLowerCase();
  if (said === titleOf(node).toLowerCase()) return true;
  const { inputs, outputs } = portsOf(node);
  return [inputs, outputs].some((ports) => {
    const named = Object.entries(ports);
    return (
      said ===
        named
          .map(([name, { label }]) => label?.en ?? name)
          .join(", ")
          .toLowerCase() ||
      said ===
        named
          .map(([name]) => name)
          .join(", ")
          .toLowerCase()
    );
  });
};

const rounded = ({ x, y }: Position): Position => ({ x: Math.round(x), y: Math.round(y) });
