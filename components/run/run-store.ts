import { createStore, type StoreApi } from "zustand/vanilla";
import type { RunEvent } from "@/runtime/run/events";
import { initialRunState, type RunState, reduceAll } from "@/runtime/run/reduce";

/** What a screen knows of one run. */
export interface RunView {
  readonly runId: string;
  readonly state: RunState;
  /** The run's events without the token deltas, which are folded into `state`: what a waterfall is drawn from. */
  readonly events: readonly RunEvent[];
  /** Of a run of one item or round: the run of the pipeline around it, whose other steps are shown with it. */
  readonly around?: RunView;
}

export type RunPhase =
  | "idle"
  /** The work is being saved and the server asked to begin. */
  | "starting"
  | "running"
  | "cancelling"
  /** The run goes on, but its events do not reach us; the connection is being made again. */
  | "reconnecting"
  /** Waits for people: nobody runs it, and another may be started. */
  | "paused"
  | "ended";

/** A run is under way, or about to be. */
export const busyPhases: ReadonlySet<RunPhase> = new Set(["starting", "running", "cancelling", "reconnecting"]);

export interface RunStoreState {
  readonly phase: RunPhase;
  readonly current: RunView | null;
  /** The run before, kept for comparison. */
  readonly former: RunView | null;
  setPhase(phase: RunPhase): void;
  /** `within`: the frame that is run by itself; what else was run stays on the screen. */
  begin(runId: string, within?: readonly string[]): void;
  /** Events in the order of their arrival; those of another run are not taken. */
  take(events: readonly RunEvent[]): void;
  /** A run that was recorded earlier. */
  show(events: readonly RunEvent[]): void;
  clear(): void;
}
export type RunStore = StoreApi<RunStoreState>;

const withoutDeltas = (events: readonly RunEvent[]) =>
  events.filter(({ type }) => type !== "node-delta" && type !== "node-thinking" && type !== "node-retract");

const phaseAfter = ({ status }: RunState, before: RunPhase): RunPhase => {
  if (status === "paused") return "paused";
  if (status !== "running" && status !== "pending") return "ended";
  return before === "reconnecting" || before === "paused" || before === "ended" ? "running" : before;
};

export const createRunStore = (): RunStore =>
  createStore<RunStoreState>()((set, get) => ({
    phase: "idle",
    current: null,
    former: null,
    setPhase: (phase) => set({ phase }),
    begin: (runId, within = []) => {
      const { current, former } = get();
      const around = within.length === 0 ? undefined : (current?.around ?? current ?? undefined);
      const prefix = `${within.join("/")}/`;
      const kept = around && new Map([...around.state.nodes].filter(([key]) => !key.startsWith(prefix)));
      set({
        phase: "running",
        current: {
          runId,
          state: kept === undefined ? initialRunState : { ...initialRunState, nodes: kept },
          events: [],
          ...(around && { around }),
        },
        former: current && current.state.lastSeq >= 0 ? current : former,
      });
    },
    take: (events) => {
      const { current, phase } = get();
      if (!current || events.length === 0) return;
      const own = events.filter((event) => event.runId === current.runId && event.seq > current.state.lastSeq);
      const state = reduceAll(current.state, own);
      const told = withoutDeltas(own);
      set({
        phase: own.length === 0 ? phase : phaseAfter(state, phase),
        current: { ...current, state, events: told.length > 0 ? [...current.events, ...told] : current.events },
      });
    },
    show: (events) => {
      const state = reduceAll(initialRunState, events);
      set({
        phase: phaseAfter(state, "ended"),
        current: { runId: state.runId, state, events: withoutDeltas(events) },
      });
    },
    clear: () => set({ phase: "idle", current: null, former: null }),
  }));
