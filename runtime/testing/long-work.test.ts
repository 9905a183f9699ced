import { afterEach, describe, expect, it, vi } from "vitest";
import { findWords, scannersOf } from "@/nodes/lib/safety/check-words";
import { personalKinds } from "@/nodes/lib/safety/personal/detector";
import { personalSteps } from "@/nodes/lib/safety/personal/find-personal";
import { safetyCheck } from "@/nodes/safety/check";
import { textSplit } from "@/nodes/text/split";
import { checkCases } from "@/runtime/eval/dataset/check-cases";
import { labelledRowSteps } from "@/runtime/fine-tuning/map-columns";
import { nearDuplicateSteps } from "@/runtime/fine-tuning/near-duplicates";
import { chunkSteps } from "@/runtime/knowledge/chunk/chunk-document";
import { plainWords } from "@/runtime/knowledge/search/words";
import type { Steps } from "@/runtime/node/steps";
import { nodeContext } from "@/runtime/testing/node-context";
import { mapTableSteps } from "@/server/domain/dataset/map-table";
import { readVersion, writeVersion } from "@/server/domain/dataset/version-file";
import { writeRows } from "@/server/domain/training-set/row-file";

// What takes over 50 ms at its bound is left between its steps. How often is counted, so that no clock decides; what a step takes was measured when it
// was cut.

const row = (at: number) => ({
  id: `r${at}`,
  inputs: { question: `Where is parcel ${at}?` },
  expected: { answer: "delivery" },
  tags: [],
  weight: 1,
  split: null,
  group: null,
  source: "hand" as const,
});
const rows = Array.from({ length: 500 }, (_, at) => row(at));
const table = { columns: ["text", "label"], rows: rows.map(({ id }) => [`question ${id}`, ""]) };
const version = [...Array(500).keys()].map((at) => `${JSON.stringify(row(at))}\n`).join("");
const personal = (text: string) => personalSteps(text, { kinds: personalKinds, isPhoneNumber: () => false });

const works: readonly (readonly [name: string, work: () => Steps<unknown>, least: number])[] = [
  ["looking through the rows of a dataset", () => checkCases(rows), 500],
  ["finding texts that are nearly the same", () => nearDuplicateSteps(rows.map(({ id }) => id)), 1_000],
  [
    "taking the rows of a table",
    () => mapTableSteps(table, [{ as: "input", name: "text", kind: "text" }, { as: "skip" }]),
    500,
  ],
  ["taking labelled rows, refused ones too", () => labelledRowSteps(table, { text: "text", label: "label" }), 500],
  ["writing a version", () => writeVersion(rows), 500],
  ["reading a version", () => readVersion(version), 500],
  ["writing labelled rows", () => writeRows(rows.map(({ id }) => ({ text: id, label: "a" }))), 500],
  [
    "cutting a text",
    () => chunkSteps({ text: "One sentence. ".repeat(1_000), outline: [] }, { by: "structure", size: 50, overlap: 0 }),
    280,
  ],
  ["cutting Chinese into words", () => plainWords("桌".repeat(20_000), (run) => [run]), 10],
  ["looking closer at digits", () => personal("1.2.3. ".repeat(1_000)), 1_000],
  ["looking up telephone numbers", () => personal("tel 13800138000,".repeat(300)), 300],
  ["looking for names", () => personal("Mr. Smith ".repeat(300)), 300],
  ["looking for addresses", () => personal("a@b.c ".repeat(300)), 300],
];

describe("work that takes long", () => {
  afterEach(() => vi.restoreAllMocks());

  it.each(works)("is left again and again: %s", (_, work, least) => {
    const steps = work();
    let left = 0;
    for (let step = steps.next(); !step.done; step = steps.next()) left += 1;
    expect(left).toBeGreaterThanOrEqual(least);
  });

  it("is left between reading a text as words and looking through it", async () => {
    const scanners = await scannersOf(safetyCheck.config.parse({ words: "parcel" }));
    expect([...findWords("where is my parcel", scanners)]).toHaveLength(2);
  });

  it.each([
    ["text/split", () => textSplit.run(asked(textSplit.config.parse({ size: 50 }), "One sentence. ".repeat(500)))],
    [
      "safety/check",
      () =>
        safetyCheck.run(
          asked(safetyCheck.config.parse({ checkInjection: false, checkToxicity: false }), "1.2.3. ".repeat(500)),
        ),
    ],
  ] as const)("gives others their turn: the step %s", async (_, run) => {
    // Every look at the clock finds a turn over.
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => (now += 1_000));
    const timers = vi.spyOn(globalThis, "setTimeout");
    await run();
    expect(timers.mock.calls.length).toBeGreaterThanOrEqual(100);
  });
});

const asked = <Config>(config: Config, text: string) => ({ config, inputs: { text }, ctx: nodeContext({}) });
