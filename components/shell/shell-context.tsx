"use client";

import { usePathname } from "next/navigation";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { isTyping } from "./is-typing";
import { isEditor } from "./pages";
import { rememberSidebar, type SidebarChoice } from "./sidebar-choice";

interface ShellState {
  readonly collapsed: boolean;
  readonly toggleSidebar: () => void;
  readonly paletteOpen: boolean;
  readonly setPaletteOpen: (open: boolean) => void;
}

const ShellContext = createContext<ShellState | null>(null);

/** The frame around every page: whether the sidebar is narrow, and the command palette. */
export const useShell = (): ShellState => {
  const state = useContext(ShellContext);
  if (!state) throw new Error("useShell is used outside of the workbench's layout.");
  return state;
};

export function ShellProvider({ choice, children }: { readonly choice: SidebarChoice; readonly children: ReactNode }) {
  const place = isEditor(usePathname()) ? "editor" : "pages";
  const [collapsedAt, setCollapsedAt] = useState(choice);
  const [paletteOpen, setPaletteOpen] = useState(false);

  const toggleSidebar = useCallback(() => {
    const next = { ...collapsedAt, [place]: !collapsedAt[place] };
    setCollapsedAt(next);
    rememberSidebar(next);
  }, [collapsedAt, place]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setPaletteOpen((open) => !open);
      } else if (event.key === "[" && !event.ctrlKey && !event.metaKey && !isTyping(event.target)) {
        toggleSidebar();
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [toggleSidebar]);

  const state = useMemo(
    () => ({ collapsed: collapsedAt[place], toggleSidebar, paletteOpen, setPaletteOpen }),
    [collapsedAt, place, toggleSidebar, paletteOpen],
  );
  return <ShellContext value={state}>{children}</ShellContext>;
}
