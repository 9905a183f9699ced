import { describe, expect, it } from "vitest";
import type { RunEvent, RunEventBody } from "@/runtime/run/events";
import { Gate } from "@/runtime/testing/gate";
import { readLog } from "@/server/domain/run-log/log-text";
import type { Database } from "@/server/platform/db/database";
import { Recording } from "./recording";
import { RunRecorder } from "./run-recorder";
import type { RunText } from "./write-runs";

const run = (id: string) => ({
  id,
  workspaceId: "w",
  pipelineId: "p",
  revisionId: "r",
  deploymentId: null,
  apiKeyId: null,
  trigger: "api" as const,
});
const event = (
  seq: number,
  body: RunEventBody = { type: "log", path: ["a"], level: "info", message: "m" },
): RunEvent => ({
  ...body,
  runId: "x",
  seq,
  at: new Date(seq).toISOString(),
});
const start: RunEventBody = { type: "run-start", graphHash: "h", inputs: {} };
const end: RunEventBody = { type: "run-end", outcome: "success", outputs: { answer: "x" } };

/** A database that is not needed: what would be written is looked at instead. */
const recorderTo = (
  write: (writes: readonly RunText[]) => Promise<void>,
  pause: (ms: number) => Promise<unknown> = async () => {},
) => new RunRecorder({} as Database, (_, writes) => write(writes), pause);
const recording = (id: string, lost: unknown[] = []) =>
  new Recording(
    run(id),
    "behind",
    [],
    () => {},
    (error) => lost.push(error),
  );

describe("the recorder", () => {
  it("writes what has gathered of all runs in one statement, each event once and in order", async () => {
    const written: (readonly RunText[])[] = [];
    const recorder = recorderTo(async (writes) => {
      written.push(writes);
    });
    const [a, b] = [recording("a"), recording("b")];
    recorder.record(a, event(0, start));
    recorder.record(b, event(0, start));
    recorder.record(a, event(1));
    await recorder.flush();
    recorder.record(a, event(2, end));
    await recorder.flush();
    expect(
      written.map((writes) =>
        writes.map(({ run, isNew, firstSeq, log, summary }) => [
          run.id,
          isNew,
          readLog(log, run.id, firstSeq).map(({ seq }) => seq),
          summary.status,
        ]),
      ),
    ).toEqual([
      [
        ["a", true, [0, 1], "running"],
        ["b", true, [0], "running"],
      ],
      [["a", false, [2], "success"]],
    ]);
  });

  it("writes one statement at a time; what comes meanwhile goes together in the next", async () => {
    const gate = new Gate();
    const sizes: number[] = [];
    const recorder = recorderTo(async (writes) => {
      sizes.push(writes.length);
      if (sizes.length === 1) await gate.wait();
    });
    recorder.record(recording("a"), event(0, start));
    const flushed = recorder.flush();
    await gate.reached;
    for (const id of ["b", "c", "d"]) recorder.record(recording(id), event(0, start));
    gate.open();
    await flushed;
    expect(sizes).toEqual([1, 3]);
  });

  it("does not let one run that cannot be stored take the others along, and says that it is lost", async () => {
    const stored: string[] = [];
    const pauses: [ms: number, storedBefore: number][] = [];
    const recorder = recorderTo(
      async (writes) => {
        if (writes.some(({ run }) => run.id === "bad")) throw new Error("no");
        stored.push(...writes.map(({ run }) => run.id));
      },
      async (ms) => pauses.push([ms, stored.length]),
    );
    const lost: unknown[] = [];
    for (const id of ["a", "bad", "b"]) recorder.record(recording(id, lost), event(0, start));
    await recorder.flush();
    expect(stored).toEqual(["a", "b"]);
    expect(lost).toEqual([new Error("no")]);
    expect(pauses).toEqual([200, 800, 3200, 12_800].map((ms) => [ms, 2]));
  });

  it("tries again when the database was away for a moment", async () => {
    let tries = 0;
    const lost: unknown[] = [];
    const recorder = recorderTo(async () => {
      tries += 1;
      if (tries < 3) throw new Error("away");
    });
    const one = recording("a", lost);
    recorder.record(one, event(0, start));
    await recorder.flush();
    expect(lost).toEqual([]);
    expect(one.stored).toBe(1);
  });

  it("goes on by itself after a write that was under way when the next was due", async () => {
    const gate = new Gate();
    const second = new Gate();
    let writes = 0;
    const recorder = recorderTo(async () => {
      writes += 1;
      if (writes === 1) await gate.wait();
      else second.wait();
    });
    const watched = new Recording(
      run("a"),
      "watched",
      [],
      () => {},
      () => {},
    );
    recorder.record(watched, event(0, start));
    await gate.reached;
    recorder.record(watched, event(1));
    await new Promise((resolve) => setImmediate(resolve));
    gate.open();
    await second.reached;
    expect(writes).toBe(2);
  });
});
