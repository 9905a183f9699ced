import { expect, test, vi } from "vitest";
import type { Plan } from "@/runtime/plan/plan";
import type { RunEvent } from "@/runtime/run/events";
import { feedOf } from "@/server/domain/run/event-feed";
import { toResponse } from "@/server/platform/lean/answer";
import { type RunStream, streamRun, writeEvents } from "./stream-run";

const plan: Plan = { graphHash: "h", nodes: [], inputFields: [], outputs: [] };
const stamp = { runId: "r", at: "" };
const start: RunEvent = { ...stamp, seq: 0, type: "run-start", graphHash: "h", inputs: {} };
const end: RunEvent = { ...stamp, seq: 1, type: "run-end", outcome: "success", outputs: {} };

/** As the framework sends it. */
const streamed = (stream: RunStream): Response => toResponse(streamRun(stream));

test("says that it is alive while nothing happens", async () => {
  let release: () => void = () => {};
  const response = streamed({
    plan,
    hold: () => () => {},
    heartbeatMs: 1,
    open: feedOf(async function* () {
      yield start;
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      yield end;
    }),
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const texts: (string | undefined)[] = [];
  for (let count = 0; count < 3; count++) texts.push((await reader?.read())?.value);
  release();
  expect(texts[0]).toMatch(/^id: 0\nevent: run-start\n/);
  expect(texts.slice(1)).toEqual([": still here\n\n", ": still here\n\n"]);
});

test("reads no further than its caller does, and lets go when the caller has gone", async () => {
  let made = 0;
  let held = 0;
  let aborted = false;
  const response = streamed({
    plan,
    hold: () => {
      held += 1;
      return () => {
        held -= 1;
      };
    },
    open: feedOf(async function* (signal) {
      signal.addEventListener("abort", () => {
        aborted = true;
      });
      for (;;) {
        made += 1;
        yield start;
      }
    }),
  });
  expect(held).toBe(1);
  const reader = response.body?.getReader();
  await reader?.read();
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(made).toBeLessThan(5);
  await reader?.cancel();
  expect([held, aborted]).toEqual([0, true]);
});

test("a log that cannot be read on ends the stream, which says where to resume", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  const response = streamed({
    plan,
    hold: () => () => {},
    open: feedOf(async function* () {
      yield start;
      throw new Error("the database has gone");
    }),
  });
  expect(await response.text()).toMatch(
    /^id: 0\nevent: run-start\ndata: .*\n\nretry: 3000\nevent: interrupted\ndata: {"runId":"r",.*\n\n$/,
  );
  expect(said).toHaveBeenCalledOnce();
  said.mockRestore();
});

test("a stream that is cut gives what is there and says where to resume; its last id stays that of the last event", async () => {
  let cut = () => {};
  let forgotten = 0;
  const response = streamed({
    plan,
    hold: () => () => {},
    onCut: (listener) => {
      cut = listener;
      return () => {
        forgotten += 1;
      };
    },
    open: feedOf(async function* () {
      yield start;
      await new Promise(() => {});
    }),
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toMatch(/^id: 0\n/);
  cut();
  cut();
  const last = (await reader?.read())?.value;
  expect(last).toBe('retry: 3000\nevent: interrupted\ndata: {"runId":"r","retryAfterMs":3000}\n\n');
  expect((await reader?.read())?.done).toBe(true);
  expect(forgotten).toBe(1);
});

test("of several events of one number only the last carries it, so that a resume repeats rather than omits", () => {
  const delta = { ...stamp, seq: 3, type: "output-delta", delta: "x" } as const;
  const text = writeEvents(
    [
      { ...delta, output: "a" },
      { ...delta, output: "b" },
    ],
    0,
  );
  expect(text.split("\n\n").slice(0, 2)).toEqual([
    'event: output-delta\ndata: {"runId":"r","delta":"x","output":"a"}',
    'id: 3\nevent: output-delta\ndata: {"runId":"r","delta":"x","output":"b"}',
  ]);
});
