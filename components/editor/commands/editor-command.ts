import type { ComponentType } from "react";
import type { KeyStroke } from "./key-stroke";

export const commandGroups = ["pipeline", "debug", "add", "select", "arrange", "view"] as const;
export type CommandGroup = (typeof commandGroups)[number];

/**
 * One thing that can be done to an open pipeline. The palette, the menus, the keys and the sheet of keys are views of one list of these.
 *
 * @example
 * { id: "fit", group: "view", icon: Maximize, keys: [["Shift", "1"]], run: commands.fit }
 */
export interface EditorCommand {
  /** Its name is the message `editor.commands.<id>`. */
  readonly id: CommandId;
  readonly group: CommandGroup;
  readonly icon: ComponentType;
  /** The first is shown. */
  readonly keys?: readonly KeyStroke[];
  /** Changes the pipeline, so it is left out where that is only shown. */
  readonly edits?: boolean;
  /** Whether it would do anything now; left out: always. */
  readonly available?: () => boolean;
  /** In the menu of the canvas and of steps. */
  readonly menu?: boolean;
  /** Only by key: too small for a list. */
  readonly keysOnly?: boolean;
  /** The same as the one before it in another direction: the sheet shows its key there. */
  readonly likeFormer?: boolean;
  /** Its keys are the browser's own event (copy, cut, paste), so nobody listens for them. */
  readonly byEvent?: boolean;
  /** Takes something away: shown in red. */
  readonly danger?: boolean;
  readonly run: () => void;
}

export type CommandId =
  | "run"
  | "runTo"
  | "runFrom"
  | "runAlone"
  | "runChanged"
  | "pin"
  | "publish"
  | "undo"
  | "redo"
  | "versions"
  | "export"
  | "compareVersions"
  | "shortcuts"
  | "search"
  | "find"
  | "insert"
  | "replace"
  | "connect"
  | "copy"
  | "cut"
  | "paste"
  | "duplicate"
  | "toggle"
  | "group"
  | "ungroup"
  | "delete"
  | "selectAll"
  | "clear"
  | "rename"
  | "nudge"
  | "nudgeFar"
  | "tidyUp"
  | "alignLeft"
  | "alignCentre"
  | "alignRight"
  | "alignTop"
  | "alignMiddle"
  | "alignBottom"
  | "distributeHorizontally"
  | "distributeVertically"
  | "fit"
  | "fitSelection"
  | "heat"
  | "hand"
  | "select";
