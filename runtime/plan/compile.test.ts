import fc from "fast-check";
import { expect, test } from "vitest";
import { graphHash } from "@/runtime/graph/hash";
import { buildDocument } from "@/runtime/testing/build-document";
import { validDocument } from "@/runtime/testing/graph-arbitrary";
import { planOf } from "@/runtime/testing/run-plan";
import { inputNode, joinNode, outputNode, streamNode, testCatalog, valueNode } from "@/runtime/testing/test-nodes";
import { compile } from "./compile";

test("a document with errors does not compile and says all that is wrong", () => {
  const compiled = compile(buildDocument({ a: { type: joinNode.type }, b: { type: "text/gone" } }), testCatalog);
  expect(compiled).toMatchObject({ ok: false });
  expect(compiled.ok ? [] : compiled.error.map(({ code }) => code)).toEqual([
    "node-type-unknown",
    "input-unwired",
    "output-missing",
  ]);
});

test("warnings do not stop a document from compiling", () => {
  expect(compile(buildDocument({ a: { type: valueNode.type } }), testCatalog).ok).toBe(true);
});

test("nodes stand after all they depend on, and wires lead to the right inputs", () => {
  fc.assert(
    fc.property(validDocument, (document) => {
      const plan = planOf(document, testCatalog);
      expect(plan.graphHash).toBe(graphHash(document));
      const wires = plan.nodes.flatMap((node, index) => {
        expect(node.index).toBe(index);
        return node.outgoing.map(({ sourcePort, target, input }) => {
          expect(target).toBeGreaterThan(index);
          const to = plan.nodes[target];
          return `${node.id}.${sourcePort}>${to?.id}.${to?.inputs[input]?.name}`;
        });
      });
      const drawn = document.edges.map(({ from, to }) => `${from.node}.${from.port}>${to.node}.${to.port}`);
      expect(wires.sort()).toEqual(drawn.sort());
      for (const { incoming, id } of plan.nodes) {
        expect(incoming).toBe(document.edges.filter(({ to }) => to.node === id).length);
      }
    }),
  );
});

test("names the run's inputs and outputs, and where each output comes from", () => {
  const plan = planOf(
    buildDocument(
      {
        i: { type: inputNode.type, config: { fields: ["q"], optional: ["tone"] } },
        s: { type: streamNode.type, label: "Answer" },
        o: { type: outputNode.type, config: { names: ["answer", "spare"] } },
      },
      ["i.q > s.after", "s.text > o.answer"],
    ),
    testCatalog,
  );
  expect(plan.inputFields.map(({ name, required }) => [name, required])).toEqual([
    ["q", true],
    ["tone", false],
  ]);
  expect(plan.outputs).toEqual([
    { name: "answer", kind: "any", node: "o", source: { node: "s", port: "text" } },
    { name: "spare", kind: "any", node: "o", source: null },
  ]);
  expect(plan.nodes.map(({ label }) => label)).toEqual(["Input", "Answer", "Output"]);
});

test("a disabled node of an unknown type compiles, wires and all", () => {
  const document = buildDocument(
    { v: { type: valueNode.type }, gone: { type: "text/gone", disabled: true }, o: { type: outputNode.type } },
    ["v.value > gone.x", "gone.y > o.answer"],
  );
  expect(planOf(document, testCatalog).nodes.map(({ id, disabled }) => [id, disabled])).toEqual([
    ["v", false],
    ["gone", true],
    ["o", false],
  ]);
});
