import fc from "fast-check";
import { expect, it } from "vitest";
import type { RunText } from "../write-runs";
import { readLines, storedLine, writeRunLine } from "./journal-line";

const textOf = (id: string, said: string): RunText => ({
  run: {
    id,
    workspaceId: "w",
    pipelineId: "p",
    revisionId: "r",
    deploymentId: null,
    apiKeyId: null,
    trigger: "api",
  },
  isNew: true,
  summary: {
    status: "success",
    startedAt: "2026-01-01T00:00:00.000Z",
    endedAt: null,
    durationMs: null,
    inputTokens: 0,
    outputTokens: 0,
    costMicroUsd: null,
    uncountedCalls: 0,
    errorCode: null,
    errorMessage: null,
    replyOutcome: null,
    question: "",
    answer: "",
  },
  firstSeq: 0,
  lastSeq: 0,
  log: JSON.stringify([{ said }]),
});
const texts = fc.array(
  fc.tuple(fc.uuid(), fc.string({ unit: "binary" })).map(([id, said]) => textOf(id, said)),
  { maxLength: 5 },
);

it("reads back what was written, whatever signs a model wrote, up to where the file is empty", () => {
  fc.assert(
    fc.property(texts, fc.nat(100), (written, zeros) => {
      const bytes = Buffer.concat([...written.map(writeRunLine), storedLine, Buffer.alloc(zeros)]);
      const { lines, damaged } = readLines(bytes);
      expect(damaged).toBe(0);
      expect(lines).toEqual([...written.map((text) => ({ kind: "run", text })), { kind: "stored" }]);
    }),
  );
});

it("reads all whole lines of a file that was cut off anywhere, and no other", () => {
  fc.assert(
    fc.property(texts, fc.double({ min: 0, max: 1, noNaN: true }), (written, share) => {
      const parts = written.map(writeRunLine);
      const whole = Buffer.concat(parts);
      const cut = Math.floor(whole.length * share);
      let end = 0;
      const expected = written.filter((_, index) => {
        end += parts[index]?.length ?? 0;
        return end <= cut;
      });
      // What lies behind the cut is zeros, as in a file whose room was made beforehand, or nothing.
      for (const behind of [0, whole.length - cut]) {
        const { lines } = readLines(Buffer.concat([whole.subarray(0, cut), Buffer.alloc(behind)]));
        expect(lines).toEqual(expected.map((text) => ({ kind: "run", text })));
      }
    }),
  );
});

it("leaves out a line that the disk has changed, and reads on", () => {
  const lines = ["a", "b", "c"].map((id) => writeRunLine(textOf(id, id)));
  const bytes = Buffer.concat(lines);
  const at = (lines[0]?.length ?? 0) + 40;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  const read = readLines(bytes);
  expect(read.damaged).toBe(1);
  expect(read.lines.map((line) => line.kind === "run" && line.text.run.id)).toEqual(["a", "c"]);
});
