import { expect, it } from "vitest";
import type { PublicFinishReason } from "@/runtime/run/public-events";
import { saidOf } from "./said-answer";

const wanted = { model: "m", output: "answer", format: { kind: "text" }, includeUsage: false } as Parameters<
  typeof saidOf
>[0];

it.each<[PublicFinishReason, string]>([
  ["stop", "stop"],
  ["empty", "stop"],
  ["length", "length"],
  ["unknown", "length"],
  ["content_filter", "content_filter"],
])("a reply that ended by %s is told as %s", (finishReason, told) => {
  const end = {
    type: "run-end",
    runId: "r",
    seq: 1,
    at: "2026-01-01T00:00:00.000Z",
    status: "success",
    outputs: { answer: "Half of" },
    finishReason,
  } as Parameters<ReturnType<typeof saidOf>>[0];
  expect(saidOf(wanted)(end).at(-1)).toMatchObject({ type: "end", finishReason: told });
});
