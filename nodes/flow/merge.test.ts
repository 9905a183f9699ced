import { describe, expect, it } from "vitest";
import { createCatalog } from "@/runtime/node/catalog";
import { buildDocument } from "@/runtime/testing/build-document";
import { describeNode } from "@/runtime/testing/node-spec";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { valueNode } from "@/runtime/testing/test-nodes";
import { flowBranch } from "./branch";
import { flowMerge } from "./merge";

describeNode(flowMerge, "nodes/flow/merge.ts");

const catalog = createCatalog([flowBranch, flowMerge, valueNode]);

describe("merging", () => {
  it.each([
    ["refund please", "refund please"],
    ["hello", "hello"],
  ])("brings the branch that ran back together: %s", async (text, value) => {
    const document = buildDocument(
      {
        start: { type: valueNode.type, config: { value: text } },
        branch: { type: "flow/branch", config: { conditions: [{ operator: "contains", value: "refund" }] } },
        merge: { type: "flow/merge" },
      },
      ["start.value > branch.value", "branch.yes > merge.input1", "branch.no > merge.input2"],
    );
    const { state } = await runPlan(planOf(document, catalog));
    expect(state.nodes.get("merge")?.outputs).toEqual({ value });
  });

  it("passes on falsy values", async () => {
    const document = buildDocument(
      {
        zero: { type: valueNode.type, config: { value: 0 } },
        one: { type: valueNode.type, config: { value: 1 } },
        merge: { type: "flow/merge" },
      },
      ["zero.value > merge.input1", "one.value > merge.input2"],
    );
    const { state } = await runPlan(planOf(document, catalog));
    expect(state.nodes.get("merge")?.outputs).toEqual({ value: 0 });
  });

  it.each([1, 7, 2.5])("cannot have %s inputs", (inputs) => {
    expect(flowMerge.config.safeParse({ inputs }).success).toBe(false);
  });
});
