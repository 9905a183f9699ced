import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createCatalog } from "@/runtime/node/catalog";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { byUse } from "@/runtime/node/model-use";
import * as port from "@/runtime/node/port";
import { buildDocument } from "@/runtime/testing/build-document";
import { validDocument } from "@/runtime/testing/graph-arbitrary";
import {
  branchNode,
  failNode,
  inputNode,
  joinNode,
  mergeNode,
  outputNode,
  testCatalog,
  valueNode,
} from "@/runtime/testing/test-nodes";
import { diagnosticCodes } from "./diagnostic";
import { hasErrors, validate } from "./validate";

const numberNode = defineNode({
  type: "data/number",
  version: 1,
  title: { en: "Number", zh: "Number" },
  summary: { en: "Number", zh: "Number" },
  icon: "hash",
  config: z.object({
    n: z.number().min(1).default(1),
    model: z
      .string()
      .default("default")
      .meta(field({ title: { en: "Model", zh: "Model" }, control: "chat-model" })),
    embedder: z
      .string()
      .default("default")
      .meta(field({ title: { en: "Model", zh: "Model" }, control: "embedding-model" })),
    fallbacks: z
      .array(z.string())
      .default([])
      .meta(field({ title: { en: "Model", zh: "Model" }, control: "model-list" })),
  }),
  inputs: { messages: port.maybe(port.messages()) },
  outputs: { n: port.number() },
  examples: [{ name: "x", config: {}, inputs: {}, outputs: { n: 1 } }],
  run: async ({ config }) => ({ n: config.n }),
});
const catalog = createCatalog([...testCatalog.nodes, numberNode]);

const value = { type: valueNode.type };
const join = { type: joinNode.type };
const output = { type: outputNode.type };
const found = (...given: Parameters<typeof buildDocument>) =>
  validate(buildDocument(...given), catalog).map(({ code, at }) => [code, at?.node ?? at?.edge ?? ""].join(" ").trim());

test("documents put together rightly have no errors", () => {
  fc.assert(fc.property(validDocument, (document) => !hasErrors(validate(document, catalog))));
});

test("an empty document is no error: it is where everybody starts", () => {
  expect(found({})).toEqual([]);
});

describe("finds", () => {
  test("a node of an unknown type, and says nothing about its ports", () => {
    expect(found({ a: { type: "text/gone" }, out: output }, ["a.x > out.answer"])).toEqual(["node-type-unknown a"]);
  });

  test("settings that are not valid, by field", () => {
    const [diagnostic] = validate(buildDocument({ a: { type: numberNode.type, config: { n: 0 } } }), catalog);
    expect(diagnostic).toMatchObject({ code: "config-invalid", severity: "error", at: { node: "a", field: "n" } });
  });

  test("two nodes with one id and two wires with one id", () => {
    const document = buildDocument({ a: value, out: output }, ["a.value > out.answer"]);
    const twice = {
      ...document,
      nodes: [...document.nodes, ...document.nodes],
      edges: [...document.edges, ...document.edges],
    };
    expect(validate(twice, catalog).map(({ code }) => code)).toEqual([
      "node-id-duplicate",
      "node-id-duplicate",
      "edge-duplicate",
    ]);
  });

  test("a wire to a node, and to a port, that is not there", () => {
    const document = { a: value, out: output };
    expect(found(document, ["a.value > gone.x", "a.gone > out.answer"])).toContain("edge-port-missing a");
    expect(found(document, ["a.value > gone.x", "a.value > out.answer"])).toEqual([
      "edge-node-missing a.value > gone.x",
    ]);
  });

  test("a port called like a member of every object as missing", () => {
    expect(found({ a: value, out: output }, ["a.constructor > out.answer"])).toContain("edge-port-missing a");
  });

  test("kinds that do not go together, naming both", () => {
    const document = buildDocument({ a: join, x: value, n: { type: numberNode.type }, out: output }, [
      "x.value > a.a",
      "a.text > n.messages",
      "n.n > out.answer",
    ]);
    expect(validate(document, catalog)).toMatchObject([
      { code: "edge-kind-mismatch", params: { from: "text", to: "messages" }, at: { node: "n", port: "messages" } },
    ]);
  });

  test("two wires into one input", () => {
    expect(found({ a: value, b: value, out: output }, ["a.value > out.answer", "b.value > out.answer"])).toContain(
      "edge-input-taken out",
    );
  });

  test("a cycle, by the names of its nodes", () => {
    const document = buildDocument({ a: { ...join, label: "First" }, b: join, out: output }, [
      "a.text > b.a",
      "b.text > a.a",
      "b.text > out.answer",
    ]);
    expect(validate(document, catalog)).toMatchObject([{ code: "cycle", params: { nodes: "First → b → First" } }]);
  });

  test("a required input without a wire, and a merge without any", () => {
    expect(found({ j: join, m: { type: mergeNode.type }, out: output }, ["j.text > out.answer"])).toEqual([
      "input-unwired j",
      "input-unwired m",
      "node-unreachable m",
    ]);
  });

  test("input fields and outputs of one name, over all boundary nodes", () => {
    const input = { type: inputNode.type };
    expect(found({ i: input, j: input, o: output, p: output }, ["i.q > o.answer", "j.q > p.answer"])).toEqual([
      "input-field-duplicate j",
      "output-name-duplicate p",
    ]);
  });

  test("no output, and nodes that reach none, as warnings only", () => {
    const nowhere = validate(buildDocument({ a: value }), catalog);
    expect(nowhere).toMatchObject([{ code: "output-missing", severity: "warning" }]);
    const aside = validate(buildDocument({ a: value, b: value, out: output }, ["a.value > out.answer"]), catalog);
    expect(aside).toMatchObject([{ code: "node-unreachable", severity: "warning", at: { node: "b" } }]);
  });

  test("models that are not registered: an error where it is the model, a warning where it is a fallback", () => {
    const document = buildDocument(
      {
        a: { type: numberNode.type, config: { model: "vllm/gone", fallbacks: ["vllm/known", "vllm/gone"] } },
        out: output,
      },
      ["a.n > out.answer"],
    );
    const none = byUse(() => new Set<string>());
    const models = { ...none, chat: new Set(["vllm/known"]), embedding: new Set(["default"]) };
    expect(validate(document, catalog, { models })).toMatchObject([
      { code: "model-unknown", severity: "error", at: { node: "a", field: "model" } },
      { code: "model-unknown", severity: "warning", at: { node: "a", field: "fallbacks" } },
    ]);
    expect(validate(document, catalog)).toEqual([]);
  });
});

test("a disabled node may be half finished", () => {
  const nodes = {
    a: { ...join, disabled: true },
    b: { type: numberNode.type, disabled: true, config: { n: 0 } },
    c: { type: "text/gone", disabled: true },
    out: output,
  };
  expect(found(nodes, ["a.text > out.answer"])).toEqual(["step-off-stops a"]);
});

test("an error port exists where the policy asks for it, and only there", () => {
  const policy = { retries: 0, retryDelayMs: 0, onError: "error-port" } as const;
  const wires = ["f.error > out.answer"];
  expect(found({ f: { type: failNode.type, policy }, out: output }, wires)).toEqual([]);
  expect(found({ f: { type: failNode.type }, out: output }, wires)).toContain("edge-port-missing f");
});

test("default outputs must be all that the node would return, of the right types", () => {
  const at = (defaultOutputs: Record<string, string | number>) => {
    const policy = { retries: 0, retryDelayMs: 0, onError: "default", defaultOutputs } as const;
    return validate(
      buildDocument({ f: { type: failNode.type, policy }, out: output }, ["f.text > out.answer"]),
      catalog,
    ).map(({ at }) => at?.field);
  };
  expect(at({ text: "x" })).toEqual([]);
  expect(at({})).toEqual(["policy.defaultOutputs.text"]);
  expect(at({ text: 1, more: "x" })).toEqual(["policy.defaultOutputs.text", "policy.defaultOutputs.more"]);
});

test("a node that an edit left alone is not looked at again", () => {
  let parsed = 0;
  const counted = createCatalog([{ ...branchNode, config: branchNode.config.refine(() => ++parsed > 0) }]);
  const document = buildDocument({ a: { type: branchNode.type }, b: { type: branchNode.type } });
  validate(document, counted);
  expect(parsed).toBe(2);
  validate(
    {
      ...document,
      nodes: document.nodes.with(0, { ...(document.nodes[0] as (typeof document.nodes)[0]), label: "x" }),
    },
    counted,
  );
  expect(parsed).toBe(3);
});

test("every diagnostic carries a message and codes are from the list", () => {
  const document = buildDocument({ a: { type: "x/y" }, b: join, c: { type: numberNode.type, config: { n: 0 } } }, [
    "a.x > b.a",
    "b.text > gone.x",
  ]);
  for (const { code, message } of validate(document, catalog)) {
    expect(diagnosticCodes).toContain(code);
    expect(message).toMatch(/\.$|expected/);
  }
});
