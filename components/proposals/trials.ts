import type { RunEvent } from "@/runtime/run/events";

export const sides = ["before", "after"] as const;
export type Side = (typeof sides)[number];

/** What one case was answered on one side. */
export interface TrialAnswer {
  readonly phase: "waiting" | "running" | "ended" | "failed";
  readonly runId: string | null;
  readonly text: string;
  /** Which words it was made with, so that an answer to others is told from one to these. */
  readonly made: string;
  /** Why there is none. */
  readonly problem: string;
}

export interface TrialToRun {
  readonly caseId: string;
  readonly side: Side;
  readonly made: string;
}

export interface TrialEffects {
  readonly start: (trial: TrialToRun) => Promise<string>;
  /** Gives the run's events until the result is called. */
  readonly watch: (
    runId: string,
    on: { readonly event: (event: RunEvent) => void; readonly failed: (error: unknown) => void },
  ) => () => void;
  readonly cancel: (runId: string) => Promise<void>;
  readonly say: (error: unknown) => string;
  /** Said of a run that stops to ask a person. */
  readonly paused: string;
  readonly set: (trial: TrialToRun, answer: TrialAnswer) => void;
}

/** Runs that are under way at once: models are shared with everybody else. */
const atOnce = 2;

const textOf = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? ""));
/** One output as it is; several by their names. */
export const outputText = (outputs: Readonly<Record<string, unknown>>): string => {
  const entries = Object.entries(outputs);
  const [only] = entries;
  return entries.length === 1 && only !== undefined
    ? textOf(only[1])
    : entries.map(([name, value]) => `${name}: ${textOf(value)}`).join("\n");
};

/** Runs trials in the order of asking, two at a time. Stopping cancels what is under way and forgets what waits. */
export const createTrials = (effects: TrialEffects) => {
  let line: TrialToRun[] = [];
  const live = new Map<TrialToRun, { runId: string | null; leave: () => void }>();
  const say = (trial: TrialToRun, part: Partial<TrialAnswer> & Pick<TrialAnswer, "phase">) =>
    effects.set(trial, { runId: live.get(trial)?.runId ?? null, text: "", problem: "", made: trial.made, ...part });
  const done = (trial: TrialToRun) => {
    live.get(trial)?.leave();
    live.delete(trial);
    next();
  };
  const begin = async (trial: TrialToRun) => {
    const own: { runId: string | null; leave: () => void } = { runId: null, leave: () => undefined };
    live.set(trial, own);
    say(trial, { phase: "running" });
    try {
      own.runId = await effects.start(trial);
      if (live.get(trial) !== own) {
        await effects.cancel(own.runId);
        return;
      }
      own.leave = effects.watch(own.runId, {
        event: (event) => {
          if (live.get(trial) !== own) return;
          if (event.type === "run-paused") say(trial, { phase: "failed", problem: effects.paused });
          else if (event.type !== "run-end") return;
          else if (event.outcome === "success") say(trial, { phase: "ended", text: outputText(event.outputs) });
          else say(trial, { phase: "failed", problem: event.error.message });
          done(trial);
        },
        failed: (error) => {
          if (live.get(trial) !== own) return;
          say(trial, { phase: "failed", problem: effects.say(error) });
          done(trial);
        },
      });
    } catch (error) {
      if (live.get(trial) !== own) return;
      say(trial, { phase: "failed", problem: effects.say(error) });
      done(trial);
    }
  };
  const next = () => {
    while (live.size < atOnce) {
      const trial = line.shift();
      if (trial === undefined) return;
      void begin(trial);
    }
  };
  return {
    run: (trials: readonly TrialToRun[]) => {
      for (const trial of trials) {
        line.push(trial);
        say(trial, { phase: "waiting" });
      }
      next();
    },
    stop: () => {
      line = [];
      for (const [, { runId, leave }] of live) {
        leave();
        if (runId !== null) void effects.cancel(runId).catch(() => undefined);
      }
      live.clear();
    },
  };
};
