"use client";

import { useLocale } from "next-intl";
import { createContext, type ReactNode, useContext } from "react";
import { useStore } from "zustand";
import type { RunStore, RunStoreState } from "@/components/run/run-store";
import { isLocale } from "@/i18n/locale";
import type { Locale } from "@/runtime/node/localized";
import type { DiagnosticsState, DiagnosticsStore } from "./diagnostics/diagnostics-store";
import type { EditorState, EditorStore } from "./store/editor-store";
import type { ViewState, ViewStore } from "./store/view-store";

/** The stores of one open pipeline. */
export interface Workbench {
  readonly editor: EditorStore;
  readonly view: ViewStore;
  readonly run: RunStore;
  readonly diagnostics: DiagnosticsStore;
}

const WorkbenchContext = createContext<Workbench | null>(null);

export function WorkbenchProvider({ value, children }: { readonly value: Workbench; readonly children: ReactNode }) {
  return <WorkbenchContext value={value}>{children}</WorkbenchContext>;
}

export const useWorkbench = (): Workbench => {
  const workbench = useContext(WorkbenchContext);
  if (!workbench) throw new Error("The workbench is used outside of its provider.");
  return workbench;
};

// Each draws its component again only when what the selector gives has changed identity.
export const useEditor = <T,>(selector: (state: EditorState) => T): T => useStore(useWorkbench().editor, selector);
export const useView = <T,>(selector: (state: ViewState) => T): T => useStore(useWorkbench().view, selector);
export const useRun = <T,>(selector: (state: RunStoreState) => T): T => useStore(useWorkbench().run, selector);
export const useDiagnostics = <T,>(selector: (state: DiagnosticsState) => T): T =>
  useStore(useWorkbench().diagnostics, selector);

/** The language of the interface as the type that localized texts are indexed by. */
export const useInterfaceLocale = (): Locale => {
  const locale = useLocale();
  return isLocale(locale) ? locale : "en";
};
