import { describe, expect, it } from "vitest";
import { createCatalog } from "@/runtime/node/catalog";
import { buildDocument } from "@/runtime/testing/build-document";
import { describeNode } from "@/runtime/testing/node-spec";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { flowBranch } from "../flow/branch";
import { ioInput } from "./input";
import { ioOutput } from "./output";

describeNode(ioOutput, "nodes/io/output.ts");

describe("the output of a run", () => {
  it("holds the results whose branch was taken", async () => {
    const document = buildDocument(
      {
        in: { type: "io/input", config: { fields: [{ name: "question" }] } },
        branch: { type: "flow/branch", config: { conditions: [{ operator: "contains", value: "refund" }] } },
        out: { type: "io/output", config: { outputs: [{ name: "refund" }, { name: "其他" }] } },
      },
      ["in.question > branch.value", "branch.yes > out.refund", "branch.no > out.其他"],
    );
    const plan = planOf(document, createCatalog([ioInput, ioOutput, flowBranch]));
    const run = async (question: string) => (await runPlan(plan, { question })).state.outputs;
    expect(await run("a refund")).toEqual({ refund: "a refund" });
    expect(await run("hello")).toEqual({ 其他: "hello" });
  });

  it.each([
    [[{ name: "a" }, { name: "a" }], "Two results"],
    [[{ name: "error" }], "taken"],
    [[], ""],
    [Array.from({ length: 33 }, (_, index) => ({ name: `r${index}` })), ""],
  ])("refuses %j", (outputs, message) => {
    expect(ioOutput.config.safeParse({ outputs }).error?.issues[0]?.message).toContain(message);
  });
});
