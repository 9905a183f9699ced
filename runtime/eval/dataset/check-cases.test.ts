import { describe, expect, it } from "vitest";
import { atOnce } from "@/runtime/node/steps";
import { type DatasetRow, datasetRow } from "../contract/dataset-row";
import { checkCases } from "./check-cases";
import { exampleTexts, leakingRows } from "./leakage";

const check = (rows: readonly DatasetRow[]) => atOnce(checkCases(rows));
let ids = 0;
const row = (question: string, answer: string | null, split: DatasetRow["split"] = null) =>
  datasetRow.parse({ id: `r${ids++}`, inputs: { question }, expected: answer === null ? {} : { answer }, split });

describe("cases to evaluate on", () => {
  it("are fine where each is asked once", () => {
    expect(check([row("Where is my parcel?", "delivery"), row("I was charged twice", "billing")])).toEqual([]);
  });

  it("are found twice, contradicting each other, alike, in training too, and without an answer", () => {
    const long = "The courier left my package in the pouring rain in front of the wrong door yesterday evening";
    const findings = check([
      row("Where is my parcel?", "delivery"),
      row("where is  my PARCEL?", "delivery"),
      row("It broke", "quality"),
      row("It broke", "service"),
      row(long, "delivery", "train"),
      row(`${long}!`.replace("pouring ", ""), "delivery", "test"),
      row("Hello", null),
    ]);
    expect(findings.map(({ kind, count }) => [kind, count])).toEqual([
      ["contradictions", 1],
      ["duplicates", 1],
      ["split-leakage", 1],
      ["near-duplicates", 1],
      ["no-expected", 1],
    ]);
    expect(findings[1]?.removable).toHaveLength(1);
  });
});

it("rows that stand among a prompt's or a classifier's examples are found in whatever case", () => {
  const node = (type: string, config: object) => ({ id: type, type, typeVersion: 1, config, disabled: false }) as never;
  const texts = exampleTexts({
    schemaVersion: 1,
    nodes: [
      node("prompt/chat", { examples: [{ user: "Where is my parcel?", assistant: "delivery" }] }),
      node("classifier/examples", { labels: [{ name: "a", examples: ["I was charged twice"] }] }),
    ],
    edges: [],
    layout: {},
  });
  const rows = [row("where is my parcel?", "x"), row("I was charged  twice", "y"), row("else", "z")];
  expect(leakingRows(rows, texts).map(({ inputs }) => inputs.question)).toEqual([
    "where is my parcel?",
    "I was charged  twice",
  ]);
});
