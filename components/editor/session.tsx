"use client";

import { createContext, type ReactNode, useContext } from "react";
import { type StoreApi, useStore } from "zustand";
import type { FormValues, InputFault } from "@/components/run/run-inputs";
import type { GraphDocument } from "@/runtime/graph/document";
import type { Autosave, SaveState } from "./autosave/autosave";
import type { CompareStore } from "./compare/compare-store";
import type { PartWish } from "./run-control/part-wish";

export interface SessionState {
  readonly name: string;
  readonly save: SaveState;
  /** Hash of what the server holds, as of the last save. */
  readonly graphHash: string;
  /** Hash of what is published; null where nothing is. */
  readonly publishedHash: string | null;
  /** The run panel's form. */
  readonly values: FormValues;
  readonly faults: Readonly<Record<string, InputFault>>;
  /** The next run begins a conversation in place of going on with that of the last. */
  readonly beginsAnew: boolean;
  /** The stored run that was opened in the draft; null where none is. */
  readonly openedRun: OpenedRun | null;
}

export interface OpenedRun {
  readonly id: string;
  /** Of the version that it ran. */
  readonly number: number;
  readonly document: GraphDocument;
  readonly trigger: "editor" | "api" | "evaluation" | "sheet";
}

/** One pipeline open in one tab: its name, its saving, and what can be asked of it. */
export interface Session {
  readonly pipelineId: string;
  /** What the template came with, or the pipeline was last run with when it was opened. */
  readonly sampleInputs: Readonly<Record<string, unknown>>;
  readonly autosave: Autosave;
  readonly store: StoreApi<SessionState>;
  readonly compare: CompareStore;
  readonly run: () => void;
  /** Runs some of the steps only, of what is on the canvas. */
  readonly runPart: (wish: PartWish) => void;
  readonly cancel: () => void;
}

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ value, children }: { readonly value: Session; readonly children: ReactNode }) {
  return <SessionContext value={value}>{children}</SessionContext>;
}

export const useSession = (): Session => {
  const session = useContext(SessionContext);
  if (!session) throw new Error("The session is used outside of an open pipeline.");
  return session;
};

export const useSessionState = <T,>(selector: (state: SessionState) => T): T => useStore(useSession().store, selector);
