import { createStore, type StoreApi } from "zustand/vanilla";
import type { HeatOf } from "../canvas/run-heat";
import type { LooseEnd, Refusal } from "../gestures/check-connection";
import type { VersionMark } from "../versions/version-marks";

export interface Connecting {
  readonly begun: LooseEnd;
  /** null where a wire may end. */
  readonly check: (other: LooseEnd) => Refusal | null;
}

export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

export type InspectorTab = "settings" | "last-run" | "about";

/** What is on the screen and not in the document. */
export interface ViewState {
  readonly connecting: Connecting | null;
  /** Why the port under the pointer does not take the wire. */
  readonly refusal: Refusal | null;
  readonly hoveredWire: { readonly id: string; readonly at: ScreenPoint } | null;
  readonly renaming: string | null;
  /** Where a node is being picked: from an empty place, or for the loose end of a wire. */
  readonly quickAdd: { readonly at: ScreenPoint; readonly from: LooseEnd | null } | null;
  /** The step, or one of its ports, that a wire is being chosen for by name. */
  readonly connectFrom: { readonly node: string; readonly end?: LooseEnd } | null;
  /** Which frames of the open containers are shown, outermost first, as segments of a path: `map-1#3`. Left out: the first that failed, or the latest. */
  readonly frames: readonly string[];
  readonly inspectorTab: InspectorTab;
  /** The variant whose settings stand in the inspector in place of its node's own. One that is gone shows the node's. */
  readonly shownVariant: { readonly node: string; readonly id: string } | null;
  /** The node whose variants are being compared. */
  readonly comparing: string | null;
  /** The step that is about to run alone: its inputs are asked for. */
  readonly runningAlone: string | null;
  /** A setting that asks for attention: the inspector scrolls to it. */
  readonly focusedField: { readonly node: string; readonly field: string } | null;
  readonly paletteOpen: boolean;
  readonly inspectorOpen: boolean;
  readonly runPanelOpen: boolean;
  readonly shortcutsOpen: boolean;
  readonly publishOpen: boolean;
  readonly versionsOpen: boolean;
  /** What a step is being picked for: to be put on a wire, or in a step's place. */
  readonly picking: { readonly kind: "insert" | "replace"; readonly id: string } | null;
  /** A step is being looked for by what it says. */
  readonly finding: boolean;
  /** What another version does otherwise, by step, and the wires that it does not have: where two are compared. */
  readonly marks: ReadonlyMap<string, VersionMark>;
  readonly markedWires: ReadonlySet<string>;
  /** What the cards are painted with of the run on the screen. */
  readonly heat: "none" | HeatOf;
  readonly tool: "hand" | "select";
  /** Whether the overview is wanted; null where nobody said. */
  readonly minimap: boolean | null;
}
export type ViewStore = StoreApi<ViewState>;

export const initialView: ViewState = {
  connecting: null,
  refusal: null,
  hoveredWire: null,
  renaming: null,
  quickAdd: null,
  connectFrom: null,
  frames: [],
  inspectorTab: "settings",
  shownVariant: null,
  comparing: null,
  runningAlone: null,
  focusedField: null,
  paletteOpen: true,
  inspectorOpen: true,
  runPanelOpen: true,
  shortcutsOpen: false,
  publishOpen: false,
  versionsOpen: false,
  picking: null,
  finding: false,
  marks: new Map(),
  markedWires: new Set(),
  heat: "none",
  tool: "hand",
  minimap: null,
};

export const createViewStore = (initial: Partial<ViewState> = {}): ViewStore =>
  createStore<ViewState>()(() => ({ ...initialView, ...initial }));
