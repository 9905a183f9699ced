import { expect, it } from "vitest";
import { runInWorker } from "./run-in-worker";
import { headSettings } from "./train-head";
import { separableRows } from "./training-fixture";
import { runTrainingTask } from "./training-task";

const root = process.cwd();

it("a thread of its own gives what the task gives, and tells how far it is", { timeout: 60_000 }, async () => {
  const task = {
    kind: "train" as const,
    settings: headSettings.parse({ epochs: 5 }),
    testShare: 0.2,
    ...separableRows(60),
  };
  const stages = new Set<string>();
  const result = await runInWorker(task, { root, progress: (stage) => stages.add(stage) });
  const { trainMs: _, ...here } = runTrainingTask(
    task,
    () => {},
    () => 0,
  );
  expect(result).toMatchObject({ ...here, head: expect.anything() });
  expect(Buffer.from(result.head).equals(Buffer.from(here.head))).toBe(true);
  expect([...stages]).toEqual(["train", "evaluate"]);
});

it("ends at once when it is told to", { timeout: 60_000 }, async () => {
  const task = { kind: "train" as const, settings: headSettings.parse({}), testShare: 0.2, ...separableRows(1_000) };
  const controller = new AbortController();
  const work = runInWorker(task, {
    root,
    signal: controller.signal,
    progress: () => controller.abort(new Error("enough")),
  });
  await expect(work).rejects.toThrow("enough");
});

it("passes on what went wrong", { timeout: 60_000 }, async () => {
  const task = { kind: "check" as const, rows: null as never };
  await expect(runInWorker(task, { root })).rejects.toThrow();
});
