import { describe, expect, it } from "vitest";
import { indexOfMost, predict } from "./classifier-head";
import { readHead, writeHead } from "./head-file";
import { bucketsFor, headSettings, trainHead } from "./train-head";
import { separableRows } from "./training-fixture";
import { runTrainingTask } from "./training-task";

const packed = (count: number) => {
  const { rows, vectors, dimensions } = separableRows(count);
  return {
    texts: rows.map(({ text }) => text),
    labels: rows.map(({ label }) => label),
    vectors: rows.map((_, row) => vectors.subarray(row * dimensions, (row + 1) * dimensions)),
  };
};
const settings = headSettings.parse({ epochs: 8 });

describe("training a head", () => {
  it.each([true, false])("learns what can be told apart, with n-grams: %s", (lexical) => {
    const task = { settings: { ...settings, lexical }, testShare: 0.25, ...separableRows(240) };
    const { evaluation, labels } = runTrainingTask(
      task,
      () => {},
      () => 0,
    );
    expect(labels).toEqual(["billing", "delivery", "returns"]);
    expect(evaluation.rows).toBe(60);
    expect(evaluation.accuracy.value).toBeGreaterThan(0.95);
  });

  it("learns nothing where the labels mean nothing", () => {
    const { rows, ...rest } = separableRows(240);
    const shuffled = rows.map((row, index) => ({
      ...row,
      label: ["x", "y", "z"][(index * 7 + (index >> 3)) % 3] ?? "",
    }));
    const task = { settings: { ...settings, lexical: false }, testShare: 0.25, ...rest, rows: shuffled };
    expect(
      runTrainingTask(
        task,
        () => {},
        () => 0,
      ).evaluation.accuracy.value,
    ).toBeLessThan(0.6);
  });

  it("gives the same weights for the same rows and seed, and others for another seed", () => {
    const rows = packed(90);
    const [once, again, other] = [1, 1, 2].map((seed) => writeHead(trainHead(rows, { ...settings, seed }).head));
    expect(Buffer.compare(once as Uint8Array, again as Uint8Array)).toBe(0);
    expect(Buffer.compare(once as Uint8Array, other as Uint8Array)).not.toBe(0);
  });

  it("judges by the data's own test part where it has one", () => {
    const { rows, ...rest } = separableRows(90);
    const parted = rows.map((row, index) => ({ ...row, split: index < 12 ? ("test" as const) : ("train" as const) }));
    const result = runTrainingTask(
      { settings, testShare: 0.5, ...rest, rows: parted },
      () => {},
      () => 0,
    );
    expect(result.predictions.map(({ text }) => text)).toEqual(parted.slice(0, 12).map(({ text }) => text));
    expect(result.trainRows).toBe(78);
  });

  it("lets rare labels weigh as much as frequent ones when asked to", () => {
    const { texts, labels, vectors } = packed(240);
    const places = labels.flatMap((label, index) => (label !== "returns" || index % 30 === 2 ? [index] : []));
    const few = {
      texts: places.map((index) => texts[index] ?? ""),
      labels: places.map((index) => labels[index] ?? ""),
      vectors: places.map((index) => vectors[index] ?? []),
    };
    const mean = (classWeights: "none" | "balanced") => {
      const { head } = trainHead(few, { ...settings, lexical: false, epochs: 2, classWeights });
      const scores = predict(head, texts, vectors).map((each) => each[2] ?? 0);
      return scores.reduce((sum, score) => sum + score, 0) / scores.length;
    };
    expect(mean("balanced")).toBeGreaterThan(mean("none"));
  });

  it("tells how far it is, and stops where the listener throws", () => {
    const seen: number[] = [];
    trainHead(packed(60), settings, (done, total) => seen.push(done / total));
    expect(seen).toEqual(seen.toSorted((left, right) => left - right));
    expect(seen.at(-1)).toBe(1);
    const stop = () => {
      throw new Error("stop");
    };
    expect(() => trainHead(packed(60), settings, stop)).toThrow("stop");
  });

  it("bounds the weights of the n-grams whatever the number of labels", () => {
    for (const labels of [2, 77, 1_000]) expect(bucketsFor(labels) * labels).toBeLessThanOrEqual(4_194_304);
  });
});

describe("the file of a head", () => {
  it("gives back a head that says the same", () => {
    const rows = packed(60);
    const { head } = trainHead(rows, settings);
    // As part of a larger buffer, at an odd place: so files come out of a store.
    const bytes = writeHead(head);
    const within = Buffer.concat([Buffer.from("x"), bytes]).subarray(1);
    const read = readHead(within);
    if (!read.ok) throw new Error(read.error);
    expect(predict(read.value, rows.texts, rows.vectors)).toEqual(predict(head, rows.texts, rows.vectors));
  });

  it("refuses what is cut off, longer, or something else", () => {
    const bytes = writeHead(trainHead(packed(30), { ...settings, lexical: false }).head);
    for (const broken of [
      bytes.slice(0, 4),
      bytes.slice(0, -1),
      Buffer.concat([bytes, Buffer.alloc(4)]),
      Buffer.from("PWHEAD01\u0009\0\0\0not json!"),
    ])
      expect(readHead(broken).ok).toBe(false);
  });
});

it("probabilities sum to one and the temperature changes no decision", () => {
  const rows = packed(60);
  const { head } = trainHead(rows, settings);
  const [sharp, soft] = [0.5, 3].map((temperature) => predict({ ...head, temperature }, rows.texts, rows.vectors));
  for (const [index, scores] of (sharp ?? []).entries()) {
    expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 4);
    expect(indexOfMost(scores)).toBe(indexOfMost(soft?.[index] ?? []));
  }
});
