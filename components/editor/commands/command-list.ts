import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  ArrowRightFromLine,
  ArrowRightToLine,
  Cable,
  ClipboardPaste,
  Copy,
  CopyPlus,
  EyeOff,
  FastForward,
  FileDown,
  Flame,
  GitCompare,
  Group,
  Hand,
  History,
  Keyboard,
  LayoutGrid,
  ListPlus,
  Maximize,
  MousePointer2,
  Move,
  Pencil,
  Pin,
  Play,
  Redo2,
  Replace,
  Rocket,
  ScanSearch,
  Scissors,
  Search,
  SquareDashed,
  SquareDashedMousePointer,
  SquarePlay,
  Trash2,
  Undo2,
  Ungroup,
  X,
} from "lucide-react";
import { canInline } from "../gestures/inline";
import type { EditorStore } from "../store/editor-store";
import type { ViewState, ViewStore } from "../store/view-store";
import type { EditorCommand } from "./editor-command";
import type { Commands } from "./use-commands";
import type { DebugCommands } from "./use-debug-commands";

export interface CommandParts {
  readonly editor: EditorStore;
  readonly view: ViewStore;
  readonly run: () => void;
  readonly commands: Commands;
  readonly debug: DebugCommands;
}

/** All that can be done to the open pipeline by palette, menu or key, in the order that they are listed in. */
export const commandList = ({ editor, view, run, commands, debug }: CommandParts): readonly EditorCommand[] => {
  const chosen = (): number => editor.getState().selection.nodes.size;
  const anySteps = (): boolean => chosen() > 0;
  const oneStep = (): boolean => chosen() === 1;
  const oneWire = (): boolean => chosen() === 0 && editor.getState().selection.edges.size === 1;
  const several = (): boolean => chosen() > 1;
  const anything = (): boolean => anySteps() || editor.getState().selection.edges.size > 0;
  return [
    { id: "run", group: "pipeline", icon: Play, keys: [["Ctrl", "↵"]], run },
    {
      id: "runTo",
      group: "debug",
      icon: ArrowRightToLine,
      keys: [["R"]],
      edits: true,
      available: oneStep,
      menu: true,
      run: debug.runTo,
    },
    {
      id: "runFrom",
      group: "debug",
      icon: ArrowRightFromLine,
      keys: [["Shift", "R"]],
      edits: true,
      available: oneStep,
      menu: true,
      run: debug.runFrom,
    },
    {
      id: "runAlone",
      group: "debug",
      icon: SquarePlay,
      keys: [["Alt", "R"]],
      edits: true,
      available: oneStep,
      menu: true,
      run: debug.runAlone,
    },
    { id: "runChanged", group: "debug", icon: FastForward, edits: true, run: debug.runChanged },
    {
      id: "pin",
      group: "debug",
      icon: Pin,
      keys: [["P"]],
      edits: true,
      available: oneStep,
      menu: true,
      run: debug.togglePin,
    },
    {
      id: "publish",
      group: "pipeline",
      icon: Rocket,
      edits: true,
      run: () => view.setState({ publishOpen: true }),
    },
    {
      id: "undo",
      group: "pipeline",
      icon: Undo2,
      keys: [["Ctrl", "Z"]],
      edits: true,
      run: () => editor.getState().undo(),
    },
    {
      id: "redo",
      group: "pipeline",
      icon: Redo2,
      keys: [
        ["Shift", "Ctrl", "Z"],
        ["Ctrl", "Y"],
      ],
      edits: true,
      run: () => editor.getState().redo(),
    },
    { id: "versions", group: "pipeline", icon: History, run: () => view.setState({ versionsOpen: true }) },
    { id: "compareVersions", group: "pipeline", icon: GitCompare, run: debug.compareVersions },
    { id: "export", group: "pipeline", icon: FileDown, run: () => void debug.exportFile() },
    {
      id: "shortcuts",
      group: "pipeline",
      icon: Keyboard,
      keys: [["?"]],
      run: () => view.setState({ shortcutsOpen: true }),
    },
    {
      id: "search",
      group: "add",
      icon: Search,
      keys: [["/"]],
      edits: true,
      run: () => {
        view.setState({ paletteOpen: true });
        requestAnimationFrame(() => document.getElementById("palette-search")?.focus());
      },
    },
    {
      id: "find",
      group: "select",
      icon: ScanSearch,
      keys: [["Ctrl", "F"]],
      run: () => view.setState({ finding: true }),
    },
    {
      id: "insert",
      group: "add",
      icon: ListPlus,
      keys: [["I"]],
      edits: true,
      available: oneWire,
      menu: true,
      run: () => {
        const [only] = editor.getState().selection.edges;
        if (only !== undefined) view.setState({ picking: { kind: "insert", id: only } });
      },
    },
    {
      id: "replace",
      group: "add",
      icon: Replace,
      keys: [["X"]],
      edits: true,
      available: oneStep,
      menu: true,
      run: () => {
        const [only] = editor.getState().selection.nodes;
        if (only !== undefined) view.setState({ picking: { kind: "replace", id: only } });
      },
    },
    {
      id: "connect",
      group: "add",
      icon: Cable,
      keys: [["C"]],
      edits: true,
      available: oneStep,
      menu: true,
      run: commands.connectByName,
    },
    {
      id: "copy",
      group: "add",
      icon: Copy,
      keys: [["Ctrl", "C"]],
      byEvent: true,
      available: anySteps,
      menu: true,
      run: () => void commands.copyToClipboard(),
    },
    {
      id: "cut",
      group: "add",
      icon: Scissors,
      keys: [["Ctrl", "X"]],
      byEvent: true,
      edits: true,
      available: anySteps,
      menu: true,
      run: () => void commands.copyToClipboard().then((copied) => copied && commands.removeSelection()),
    },
    {
      id: "paste",
      group: "add",
      icon: ClipboardPaste,
      keys: [["Ctrl", "V"]],
      byEvent: true,
      edits: true,
      menu: true,
      run: () => void commands.pasteFromClipboard(),
    },
    {
      id: "duplicate",
      group: "add",
      icon: CopyPlus,
      keys: [["Ctrl", "D"]],
      edits: true,
      available: anySteps,
      menu: true,
      run: commands.duplicate,
    },
    {
      id: "toggle",
      group: "add",
      icon: EyeOff,
      edits: true,
      available: anySteps,
      menu: true,
      run: commands.toggleDisabled,
    },
    {
      id: "group",
      group: "add",
      icon: Group,
      keys: [["Ctrl", "G"]],
      edits: true,
      available: anySteps,
      menu: true,
      run: commands.extract,
    },
    {
      id: "ungroup",
      group: "add",
      icon: Ungroup,
      keys: [["Shift", "Ctrl", "G"]],
      edits: true,
      available: () => {
        const { document, catalog, selection } = editor.getState();
        return oneStep() && document.nodes.some((node) => selection.nodes.has(node.id) && canInline(node, catalog));
      },
      menu: true,
      run: commands.inline,
    },
    {
      id: "delete",
      group: "add",
      icon: Trash2,
      keys: [["Del"]],
      edits: true,
      available: anything,
      menu: true,
      danger: true,
      run: commands.removeSelection,
    },
    {
      id: "selectAll",
      group: "select",
      icon: SquareDashedMousePointer,
      keys: [["Ctrl", "A"]],
      menu: true,
      run: commands.selectAll,
    },
    {
      id: "clear",
      group: "select",
      icon: X,
      keys: [["Esc"]],
      keysOnly: true,
      run: () => {
        const { selection, scope, select } = editor.getState();
        const nothing = view.getState().quickAdd === null && selection.nodes.size + selection.edges.size === 0;
        view.setState({ quickAdd: null, renaming: null });
        // With nothing left to let go of, it leaves the container that is open.
        if (nothing && scope.length > 0) commands.leave(scope.length - 1);
        else select({});
      },
    },
    {
      id: "rename",
      group: "select",
      icon: Pencil,
      keys: [["F2"]],
      edits: true,
      available: oneStep,
      menu: true,
      run: () => {
        const [only] = editor.getState().selection.nodes;
        if (only !== undefined) view.setState({ renaming: only });
      },
    },
    ...nudges.flatMap(({ id, held, by }) =>
      arrows.map(
        ([key, x, y], index): EditorCommand => ({
          id,
          group: "select",
          icon: Move,
          keys: [held ? ["Shift", key] : [key]],
          edits: true,
          keysOnly: true,
          ...(index > 0 && { likeFormer: true }),
          available: anySteps,
          run: () => commands.nudge(x * by, y * by),
        }),
      ),
    ),
    {
      id: "tidyUp",
      group: "arrange",
      icon: LayoutGrid,
      keys: [["Shift", "Alt", "T"]],
      edits: true,
      menu: true,
      run: () => void commands.tidyUp(),
    },
    ...alignments.map(
      ({ id, icon, key, edge }): EditorCommand => ({
        id,
        group: "arrange",
        icon,
        keys: [["Alt", key]],
        edits: true,
        available: several,
        run: () => commands.align(edge),
      }),
    ),
    ...distributions.map(
      ({ id, icon, key, direction }): EditorCommand => ({
        id,
        group: "arrange",
        icon,
        keys: [["Shift", "Alt", key]],
        edits: true,
        available: () => chosen() > 2,
        run: () => commands.distribute(direction),
      }),
    ),
    { id: "fit", group: "view", icon: Maximize, keys: [["Shift", "1"]], menu: true, run: commands.fit },
    {
      id: "fitSelection",
      group: "view",
      icon: SquareDashed,
      keys: [["Shift", "2"]],
      available: anySteps,
      run: commands.fitSelection,
    },
    { id: "heat", group: "view", icon: Flame, keys: [["T"]], menu: true, run: () => view.setState(nextHeat) },
    { id: "hand", group: "view", icon: Hand, keys: [["H"]], run: () => view.setState({ tool: "hand" }) },
    { id: "select", group: "view", icon: MousePointer2, keys: [["V"]], run: () => view.setState({ tool: "select" }) },
  ];
};

/** Nothing, time, cost, and round again. */
export const nextHeat = ({ heat }: Pick<ViewState, "heat">): Pick<ViewState, "heat"> => ({
  heat: heat === "none" ? "time" : heat === "time" ? "cost" : "none",
});

const nudges = [
  { id: "nudge", held: false, by: 4 },
  { id: "nudgeFar", held: true, by: 40 },
] as const;
const arrows = [
  ["←", -1, 0],
  ["↑", 0, -1],
  ["→", 1, 0],
  ["↓", 0, 1],
] as const;

const alignments = [
  { id: "alignLeft", icon: AlignStartVertical, key: "A", edge: "left" },
  { id: "alignCentre", icon: AlignCenterVertical, key: "H", edge: "centre" },
  { id: "alignRight", icon: AlignEndVertical, key: "D", edge: "right" },
  { id: "alignTop", icon: AlignStartHorizontal, key: "W", edge: "top" },
  { id: "alignMiddle", icon: AlignCenterHorizontal, key: "V", edge: "middle" },
  { id: "alignBottom", icon: AlignEndHorizontal, key: "S", edge: "bottom" },
] as const;

const distributions = [
  { id: "distributeHorizontally", icon: AlignHorizontalDistributeCenter, key: "H", direction: "horizontally" },
  { id: "distributeVertically", icon: AlignVerticalDistributeCenter, key: "V", direction: "vertically" },
] as const;
