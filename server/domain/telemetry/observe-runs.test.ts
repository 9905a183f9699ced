import { randomUUID } from "node:crypto";
import { afterEach, expect, it, vi } from "vitest";
import type { RunEvent } from "@/runtime/run/events";
import type { LiveRun } from "@/server/domain/run/live-run";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { Once } from "@/server/domain/run/once";
import type { Database } from "@/server/platform/db/database";
import { observeRuns } from "./observe-runs";

const databaseWith = (slug: string | null): Database =>
  ({
    prisma: { deployment: { findUnique: async () => (slug === null ? null : { slug }) } },
  }) as unknown as Database;
const endedRun = (deploymentId: string | null, last: "run-end" | "run-paused" = "run-end") => {
  const ended = new Once();
  const at = new Date(0).toISOString();
  const soFar = [
    { type: "run-start", runId: "r", seq: 0, at, graphHash: "h", inputs: {} },
    last === "run-end"
      ? { type: "run-end", runId: "r", seq: 1, at, outcome: "success", outputs: { a: 1 } }
      : { type: "run-paused", runId: "r", seq: 1, at },
  ] as readonly RunEvent[];
  const outcome = { status: "success", durationMs: 5, errorCode: null, firstTokenMs: null };
  return { run: { id: randomUUID(), deploymentId }, ended, soFar, outcome } as unknown as LiveRun;
};
const off = { metrics: null, traces: null, jsonLogs: false } as const;
afterEach(() => vi.restoreAllMocks());

it("does not look at runs where nothing is set", () => {
  const database = databaseWith("triage");
  observeRuns(database, off);
  expect(liveRunsOf(database).onStart).toBeNull();
  expect(liveRunsOf(database).tracesCallers).toBe(false);
});

it("says each run of a deployment that has ended once, and none that waits for people or was started in the editor", async () => {
  const database = databaseWith("triage");
  const lines: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  const { error, warn, info, log, debug } = console;
  observeRuns(database, { ...off, jsonLogs: true });
  Object.assign(console, { error, warn, info, log, debug });
  const { onStart } = liveRunsOf(database);
  const runs = [endedRun("d"), endedRun(null), endedRun("d", "run-paused"), endedRun("d")];
  for (const run of runs) {
    onStart?.(run);
    run.ended.say();
  }
  await vi.waitFor(() => expect(lines).toHaveLength(2));
  expect(lines.map((line) => JSON.parse(line))).toMatchObject(
    [runs[0], runs[3]].map((run) => ({
      level: "info",
      runId: run?.run.id,
      message: expect.stringContaining("of triage ended: success"),
    })),
  );
});
