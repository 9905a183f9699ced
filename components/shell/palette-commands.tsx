"use client";

import { type ComponentType, createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";

/** One entry of the command palette that a page brings along while it is open. */
export interface PaletteCommand {
  /** Unique within the list it comes in. */
  readonly id: string;
  readonly title: string;
  readonly icon?: ComponentType;
  /** Shortcut or place, shown quietly at the end. */
  readonly hint?: string;
  readonly keywords?: readonly string[];
  readonly run: () => void;
}

/** `heading` stands above the commands in the palette. */
export interface PaletteGroup {
  readonly heading: string;
  readonly commands: readonly PaletteCommand[];
}

/** Adds a group and gives the function that takes it away. Its identity never changes, so adding does not loop. */
type Add = (group: PaletteGroup) => () => void;

const GroupsContext = createContext<readonly PaletteGroup[]>([]);
const AddContext = createContext<Add | null>(null);

export function PaletteCommandsProvider({ children }: { readonly children: ReactNode }) {
  const [groups, setGroups] = useState<readonly PaletteGroup[]>([]);
  const add = useCallback<Add>((group) => {
    setGroups((all) => [...all, group]);
    return () => setGroups((all) => all.filter((one) => one !== group));
  }, []);
  return (
    <AddContext value={add}>
      <GroupsContext value={groups}>{children}</GroupsContext>
    </AddContext>
  );
}

export const usePaletteGroups = (): readonly PaletteGroup[] => useContext(GroupsContext);

/** Adds a page's own commands to the palette while the page is shown. Keep `group` stable (useMemo). */
export const usePaletteCommands = (group: PaletteGroup): void => {
  const add = useContext(AddContext);
  useEffect(() => add?.(group), [add, group]);
};
