import { expect, it } from "vitest";
import { catalog } from "@/nodes";
import { NodeFailure } from "@/runtime/node/node-failure";
import { buildDocument } from "@/runtime/testing/build-document";
import { planOf } from "@/runtime/testing/run-plan";
import { ScriptedGateway, type ScriptedReply } from "@/runtime/testing/scripted-gateway";
import { ScriptedServices } from "@/runtime/testing/scripted-services";
import { runCell } from "./run-cell";

const away = { failure: new NodeFailure("model-unavailable", "It is away.", { passing: true }) };
const wrong = { failure: new NodeFailure("model-rejected", "It will not.") };

const item = buildDocument(
  {
    in: { type: "io/input", config: { fields: [{ name: "item" }] } },
    ask: { type: "prompt/chat", config: { model: "fake/model", user: "{{item}}" } },
    out: { type: "io/output", config: { outputs: [{ name: "list", title: "" }] } },
  },
  ["in.item > ask.item", "ask.text > out.list"],
);
const mapping = (config: object, policy = {}) =>
  buildDocument(
    {
      in: { type: "io/input", config: { fields: [{ name: "items", kind: "json" }] } },
      map: {
        type: "flow/map",
        config: { concurrency: 1, ...config },
        body: item,
        policy: { retries: 0, retryDelayMs: 0, onError: "stop", ...policy },
      },
      out: { type: "io/output", config: { outputs: [{ name: "answer", title: "" }] } },
    },
    ["in.items > map.items", "map.list > out.answer"],
  );
/** Two levels of maps. */
const deep = (config: object) => {
  const document = mapping(config);
  const inner = { ...document, nodes: document.nodes.map((node) => (node.id === "in" ? inputOf("item") : node)) };
  const edges = inner.edges.map((edge) =>
    edge.from.node === "in" ? { ...edge, from: { node: "in", port: "item" } } : edge,
  );
  return buildDocument(
    {
      in: { type: "io/input", config: { fields: [{ name: "items", kind: "json" }] } },
      map: { type: "flow/map", config: { concurrency: 1 }, body: { ...inner, edges } },
      out: { type: "io/output", config: { outputs: [{ name: "answer", title: "" }] } },
    },
    ["in.items > map.items", "map.answer > out.answer"],
  );
};
const inputOf = (name: string) =>
  buildDocument({ in: { type: "io/input", config: { fields: [{ name, kind: "json" }] } } }).nodes[0] as never;

const cellOf = async (document: ReturnType<typeof mapping>, replies: readonly ScriptedReply[], items: unknown) => {
  const world = {
    workspaceId: "w",
    pipelineId: "p",
    models: new ScriptedGateway({ replies }),
    patience: { longestMs: 0 },
    services: () => new ScriptedServices({}),
    signal: new AbortController().signal,
  };
  const run = await runCell(world, { revisionId: "r", plan: planOf(document, catalog) }, { items });
  return { status: run?.scored.status, isUnanswered: run?.isUnanswered };
};

it.each(["null", "drop", "collect"])("an item left out by %s, for a model that was away, is no answer", async (how) => {
  const document = mapping({ onFailure: how });
  expect(await cellOf(document, ["a", away], ["x", "y"])).toEqual({ status: "success", isUnanswered: true });
  expect(await cellOf(deep({ onFailure: how }), ["a", away], [["x"], ["y"]])).toEqual({
    status: "success",
    isUnanswered: true,
  });
});

it("an item that failed by itself, and a map that was tried again whole, are answers", async () => {
  const left = mapping({ onFailure: "drop" });
  expect(await cellOf(left, ["a", wrong], ["x", "y"])).toEqual({ status: "success", isUnanswered: false });
  const again = mapping({}, { retries: 1 });
  expect(await cellOf(again, ["a", away, "b", "c"], ["x", "y"])).toEqual({ status: "success", isUnanswered: false });
});

it("a map that gave its default for a model that was away, or failed by it, is no answer", async () => {
  const made = mapping({}, { onError: "default", defaultOutputs: { list: [] } });
  expect(await cellOf(made, ["a", away], ["x", "y"])).toEqual({ status: "success", isUnanswered: true });
  expect(await cellOf(made, ["a", wrong], ["x", "y"])).toEqual({ status: "success", isUnanswered: false });
  expect(await cellOf(mapping({}), [away], ["x"])).toEqual({ status: "failure", isUnanswered: true });
});
