import { expect, it } from "vitest";
import type { RunEvent } from "@/runtime/run/events";
import { createTrials, outputText, type TrialAnswer, type TrialToRun } from "./trials";

const trial = (caseId: string): TrialToRun => ({ caseId, side: "after", made: "words" });
const set = () => {
  const answers = new Map<string, TrialAnswer>();
  const watched = new Map<string, (event: RunEvent) => void>();
  const cancelled: string[] = [];
  const trials = createTrials({
    start: async ({ caseId }) => {
      if (caseId === "refused") throw new Error("no");
      return `run-${caseId}`;
    },
    watch: (runId, on) => {
      watched.set(runId, on.event);
      return () => undefined;
    },
    cancel: async (runId) => {
      cancelled.push(runId);
    },
    say: (error) => (error as Error).message,
    paused: "It waits for a person.",
    set: ({ caseId }, answer) => answers.set(caseId, answer),
  });
  const end = (caseId: string, outputs: Record<string, string>) =>
    watched.get(`run-${caseId}`)?.({ type: "run-end", outcome: "success", outputs } as never);
  return { answers, watched, cancelled, trials, end };
};
const turn = async () => {
  for (let at = 0; at < 5; at++) await Promise.resolve();
};

it("runs two at a time, in order, and goes on behind one that is refused or waits for a person", async () => {
  const { answers, trials, end, watched } = set();
  trials.run(["a", "b", "refused", "c"].map(trial));
  await turn();
  expect([...watched.keys()]).toEqual(["run-a", "run-b"]);
  expect(answers.get("c")?.phase).toBe("waiting");
  end("a", { answer: "one" });
  await turn();
  expect(answers.get("a")).toMatchObject({ phase: "ended", text: "one", runId: "run-a", made: "words" });
  expect(answers.get("refused")).toMatchObject({ phase: "failed", problem: "no" });
  expect(watched.has("run-c")).toBe(true);
  watched.get("run-c")?.({ type: "run-paused" } as never);
  expect(answers.get("c")).toMatchObject({ phase: "failed", problem: "It waits for a person." });
});

it("stops what is under way and forgets what waits", async () => {
  const { answers, trials, end, cancelled, watched } = set();
  trials.run(["a", "b", "c"].map(trial));
  await turn();
  trials.stop();
  expect(cancelled).toEqual(["run-a", "run-b"]);
  end("a", { answer: "late" });
  await turn();
  expect(answers.get("a")?.phase).toBe("running");
  expect(watched.has("run-c")).toBe(false);
});

it("says one output as it is and several by their names", () => {
  expect(outputText({ answer: "yes" })).toBe("yes");
  expect(outputText({ label: "late", score: 0.5 })).toBe("label: late\nscore: 0.5");
  expect(outputText({})).toBe("");
});
