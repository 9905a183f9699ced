import { describe, expect, it } from "vitest";
import { valueLimits } from "@/runtime/node/value-limits";
import type { RunEvent } from "@/runtime/run/events";
import { buildDocument } from "@/runtime/testing/build-document";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { joinNode, outputNode, testCatalog, valueNode } from "@/runtime/testing/test-nodes";
import { recordedInputs } from "./recorded-inputs";

const bounds = { characters: 1_000, runCharacters: 5_000 };
const value = (of: string | string[]) => ({ type: valueNode.type, config: { value: of } });
type Nodes = Parameters<typeof buildDocument>[0];
const run = (given: Nodes, wires: readonly string[]) =>
  runPlan(planOf(buildDocument(given, wires), testCatalog), {}, { bounds });
const endOf = (events: readonly RunEvent[]) => events.at(-1);

describe("a value that is too large", () => {
  it("ends the run at the step that gave it, with a code of its own", async () => {
    for (const given of ["x".repeat(1_001), Array(100).fill("0123456789")]) {
      const { events } = await run({ v: value(given), o: { type: outputNode.type } }, ["v.value > o.answer"]);
      expect(endOf(events)).toMatchObject({
        outcome: "failure",
        error: { code: "value-too-large", node: "v", message: '"value" is longer than 1,000 characters.' },
      });
      // What was refused is recorded nowhere.
      expect(JSON.stringify(events).length).toBeLessThan(1_000);
    }
  });

  it("is one character beyond one that is carried", async () => {
    const { events } = await run({ v: value("x".repeat(1_000)), o: { type: outputNode.type } }, ["v.value > o.answer"]);
    expect(endOf(events)).toMatchObject({ outcome: "success" });
  });

  it("is answered by the step's policy like any failure", async () => {
    const policy = { retries: 0, retryDelayMs: 0, onError: "default" as const, defaultOutputs: { value: "short" } };
    const { events } = await run({ v: { ...value("x".repeat(1_001)), policy }, o: { type: outputNode.type } }, [
      "v.value > o.answer",
    ]);
    expect(endOf(events)).toMatchObject({ outcome: "success", outputs: { answer: "short" } });
  });
});

describe("values that are too large together", () => {
  it("end the run at the step with which they are", async () => {
    const names = Array.from({ length: 6 }, (_, index) => `v${index}`);
    const { events } = await run(Object.fromEntries(names.map((name) => [name, value("x".repeat(900))])), []);
    expect(endOf(events)).toMatchObject({
      outcome: "failure",
      error: { code: "value-too-large", message: "The steps of this run gave more than 5,000 characters together." },
    });
  });

  it("end it also where one value is answered under many names", async () => {
    const names = Array.from({ length: 6 }, (_, index) => `o${index}`);
    const { events } = await run(
      { v: value("x".repeat(900)), o: { type: outputNode.type, config: { names } } },
      names.map((name) => `v.value > o.${name}`),
    );
    expect(endOf(events)).toMatchObject({ outcome: "failure", error: { code: "value-too-large" } });
  });
});

describe("what the record keeps of a step's inputs", () => {
  const most = valueLimits.recordedInputCharacters;

  it("is all of them up to the bound, and the very same object", () => {
    const inputs = { text: "x".repeat(most), list: ["a"] };
    expect(recordedInputs(inputs)).toBe(inputs);
  });

  it("says how much of a longer one it leaves out, and leaves the step's own alone", () => {
    const long = `${"a".repeat(most)}${"b".repeat(most)}`;
    const inputs = { long, list: [long], short: "s" };
    const recorded = recordedInputs(inputs);
    expect(recorded.short).toBe("s");
    expect(recorded.long).toMatch(/^a+\n\[… cut: 100,000 characters …\]\nb+$/);
    expect(String(recorded.list)).toContain("[… cut: ");
    expect(String(recorded.list).length).toBeLessThan(most + 100);
    expect(inputs.long).toBe(long);
  });

  it("keeps the record small where a large value goes to many steps", async () => {
    const text = "x".repeat(valueLimits.characters);
    const names = Array.from({ length: 3 }, (_, index) => `j${index}`);
    const { events } = await runPlan(
      planOf(
        buildDocument(
          { v: value(text), ...Object.fromEntries(names.map((name) => [name, { type: joinNode.type }])) },
          names.map((name) => `v.value > ${name}.a`),
        ),
        testCatalog,
      ),
      {},
    );
    const starts = events.filter((event) => event.type === "node-start" && event.path[0] !== "v");
    expect(starts).toHaveLength(3);
    expect(JSON.stringify(starts).length).toBeLessThan(4 * most);
  });
});
