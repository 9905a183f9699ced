import { expect, it } from "vitest";
import { catalog } from "@/nodes/index";
import { emptyDocument, type GraphDocument } from "@/runtime/graph/document";
import { initialRunState, type NodeState, noTotals, type RunState } from "@/runtime/run/reduce";
import { outputChoices, pickOutput } from "./output-choices";

const node = (id: string, type: string, config = {}) => ({ id, type, typeVersion: 1, config, disabled: false });
const document: GraphDocument = {
  ...emptyDocument,
  nodes: [
    node("chat", "prompt/chat", { user: "{{text}}" }),
    node("out", "io/output", { outputs: [{ name: "answer" }] }),
  ],
  edges: [{ id: "w", from: { node: "chat", port: "text" }, to: { node: "out", port: "answer" } }],
};
const compared = { document, catalog, locale: "en" as const, node: "chat" };
const chat = (part: Partial<NodeState>): ReadonlyMap<string, NodeState> =>
  new Map([
    [
      "chat",
      {
        path: ["chat"],
        status: "running",
        attempt: 1,
        startedAt: null,
        endedAt: null,
        inputs: null,
        text: {},
        thinking: "",
        reply: null,
        frames: null,
        outputs: null,
        cached: false,
        lookup: null,
        error: null,
        skipReason: null,
        questions: [],
        calls: [],
        toolCalls: [],
        logs: [],
        totals: noTotals,
        ...part,
      },
    ],
  ]);
const ended = (answer: unknown): RunState => ({ ...initialRunState, status: "success", outputs: { answer } });
const ports = { pipeline: ["answer"], step: ["text", "error"] };

it("offers outputs of the pipeline, of the step, and the fields of structured answers", () => {
  const runs = [ended({ label: "late", sure: true }), ended('{"label": "lost", "why": "x"}'), ended("plain")];
  expect(outputChoices(compared, ports, runs).map(({ of, port, field }) => [of, port, field])).toEqual([
    ["pipeline", "answer", null],
    ["pipeline", "answer", "label"],
    ["pipeline", "answer", "sure"],
    ["pipeline", "answer", "why"],
    ["step", "text", null],
  ]);
});

it("picks text that still streams, the whole answer, or one of its fields", () => {
  const streaming = { ...initialRunState, status: "running" as const, nodes: chat({ text: { text: "so f" } }) };
  const answer = { of: "pipeline" as const, port: "answer", field: null };
  expect(pickOutput(compared, streaming, answer)).toMatchObject({ value: "so f", streaming: true });
  expect(pickOutput(compared, streaming, { ...answer, of: "step", port: "text" })).toMatchObject({ value: "so f" });
  expect(pickOutput(compared, ended({ label: "late" }), { ...answer, field: "label" })?.value).toBe("late");
  expect(pickOutput(compared, ended("plain"), { ...answer, field: "label" })).toBeUndefined();
  expect(pickOutput(compared, initialRunState, answer)).toBeUndefined();
});
