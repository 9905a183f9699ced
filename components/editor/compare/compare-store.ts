import { createStore, type StoreApi } from "zustand/vanilla";
import type { FormValues, InputFault } from "@/components/run/run-inputs";
import type { ErrorFacts } from "@/components/trpc/error-facts";
import type { RunEvent } from "@/runtime/run/events";
import { initialRunState, type RunState, reduceAll } from "@/runtime/run/reduce";
import type { ChosenScorer } from "./answer-mark";
import { compareLimits } from "./compare-limits";
import type { OutputChoice } from "./output-choices";

/** Inputs that every variant answers. As they stand in a form: text of every kind. */
export interface CompareCase {
  readonly id: string;
  readonly values: FormValues;
  /** What a right answer would be, as text; empty where nobody knows. */
  readonly expected: string;
}

/** One case answered with one variant's settings. */
export interface CompareCell {
  readonly phase: "queued" | "starting" | "running" | "cancelling" | "ended" | "refused";
  /** Names what was run, so that an answer to other settings or inputs is told from one to these. */
  readonly made: string;
  /** null until the server has begun it. */
  readonly runId: string | null;
  readonly run: RunState;
  /** Why there is no answer, or no more of it, where the run itself does not say. */
  readonly error: ErrorFacts | null;
}

export interface CompareState {
  readonly cases: readonly CompareCase[];
  /** By case: what is wrong with its inputs. */
  readonly faults: Readonly<Record<string, Readonly<Record<string, InputFault>>>>;
  /** The case whose inputs are being written. */
  readonly editing: string | null;
  /** Columns that were chosen, by node; a node that is not here shows its base and the first variants. */
  readonly chosen: Readonly<Record<string, readonly string[]>>;
  readonly output: OutputChoice | null;
  /** How answers are told right from wrong; null: as was chosen for the pipeline before. */
  readonly scorer: ChosenScorer | null;
  /** Draws the next cases out of a dataset. */
  readonly seed: number;
  /** Whether words that differ from the base are marked. */
  readonly marked: boolean;
  /** By `cellKey`. */
  readonly cells: ReadonlyMap<string, CompareCell>;

  /** Adds cases; answers how many found room. */
  addCases(cases: readonly CompareCase[]): number;
  changeCase(id: string, values: FormValues): void;
  changeExpected(id: string, expected: string): void;
  removeCase(id: string): void;
  setCell(key: string, part: Partial<CompareCell> | null): void;
  /** Events of many cells at once, in order. */
  takeEvents(events: readonly { readonly key: string; readonly event: RunEvent }[]): void;
}
export type CompareStore = StoreApi<CompareState>;

export const cellKey = (column: string, caseId: string): string => `${caseId} ${column}`;

const emptyCell: CompareCell = { phase: "queued", made: "", runId: null, run: initialRunState, error: null };

/** What is compared and what came of it; kept for as long as the pipeline is open. */
export const createCompareStore = (cases: readonly CompareCase[]): CompareStore =>
  createStore<CompareState>()((set, get) => ({
    cases: cases.slice(0, compareLimits.cases),
    faults: {},
    editing: null,
    chosen: {},
    output: null,
    scorer: null,
    seed: 1,
    marked: false,
    cells: new Map(),

    addCases: (added) => {
      const { cases: former } = get();
      const room = added.slice(0, Math.max(0, compareLimits.cases - former.length));
      set({ cases: [...former, ...room] });
      return room.length;
    },
    changeCase: (id, values) => {
      const { [id]: _, ...faults } = get().faults;
      set({ faults, cases: get().cases.map((each) => (each.id === id ? { ...each, values } : each)) });
    },
    changeExpected: (id, expected) =>
      set({ cases: get().cases.map((each) => (each.id === id ? { ...each, expected } : each)) }),
    removeCase: (id) => {
      const { cases: former, faults, cells, editing } = get();
      const { [id]: _, ...others } = faults;
      set({
        cases: former.filter((each) => each.id !== id),
        faults: others,
        editing: editing === id ? null : editing,
        cells: new Map([...cells].filter(([key]) => !key.startsWith(`${id} `))),
      });
    },
    setCell: (key, part) => {
      const cells = new Map(get().cells);
      if (part === null) cells.delete(key);
      else cells.set(key, { ...(cells.get(key) ?? emptyCell), ...part });
      set({ cells });
    },
    takeEvents: (events) => {
      const cells = new Map(get().cells);
      const own = new Map<string, RunEvent[]>();
      for (const { key, event } of events) {
        if (event.runId !== cells.get(key)?.runId) continue;
        const known = own.get(key);
        if (known) known.push(event);
        else own.set(key, [event]);
      }
      for (const [key, arrived] of own) {
        const cell = cells.get(key);
        if (!cell) continue;
        const run = reduceAll(cell.run, arrived);
        const ended = run.status !== "running" && run.status !== "pending";
        cells.set(key, { ...cell, run, phase: ended ? "ended" : cell.phase });
      }
      set({ cells });
    },
  }));
