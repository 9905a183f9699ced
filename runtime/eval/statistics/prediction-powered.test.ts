import { expect, it } from "vitest";
import { predictionPowered } from "./prediction-powered";

const ones = (length: number) => new Float64Array(length).fill(1);
const own = (length: number) => Int32Array.from({ length }, (_, row) => row);
const none = Number.NaN;

it("is people's mean alone where they labelled everything", () => {
  const judged = [0.1, 0.9, 0.4, 0.8];
  const people = [0, 1, 0.5, 1];
  const found = predictionPowered({ judged, people, sure: [0, 0, 0, 0] }, null, ones(4), own(4));
  expect(found?.value).toBeCloseTo(0.625, 12);
  expect(found?.judge).toBeCloseTo(0.55, 12);
});

it("takes off the bias that the labels show", () => {
  const length = 200;
  const truth = Array.from({ length }, (_, row) => (row % 5) / 5);
  const judged = truth.map((value) => value + 0.1);
  const people = truth.map((value, row) => (row % 4 === 0 ? value : none));
  const found = predictionPowered({ judged, people, sure: new Uint8Array(length) }, null, ones(length), own(length));
  expect(found?.value).toBeCloseTo(0.4, 10);
  expect(found?.lambda).toBeCloseTo(1, 1);
});

it("leans on people alone where the judge says nothing of use", () => {
  const length = 100;
  const judged = Array.from({ length }, (_, row) => ((row * 37) % 11) / 10);
  const people = judged.map((_, row) => (row % 2 === 0 ? ((row * 13) % 7) / 6 : none));
  const labelled = people.filter((value) => !Number.isNaN(value));
  const found = predictionPowered({ judged, people, sure: new Uint8Array(length) }, null, ones(length), own(length));
  expect(found?.lambda).toBeLessThan(0.2);
  expect(found?.value).toBeCloseTo(labelled.reduce((sum, value) => sum + value, 0) / labelled.length, 1);
});

it("needs no labels of what is sure, and gives none without two of the rest", () => {
  const arm = { judged: [0, 0, 1, 1, 0.5], people: [none, none, 0.5, 0.5, 0], sure: [1, 1, 0, 0, 0] };
  expect(predictionPowered(arm, null, ones(5), own(5))?.value).toBeCloseTo(0.2, 12);
  expect(predictionPowered({ ...arm, people: [none, none, 1, none, none] }, null, ones(5), own(5))).toBeNull();
});

it("knows less of copies than of as many rows of their own", () => {
  const judged = Array.from({ length: 40 }, (_, row) => (row % 4) / 3);
  const people = judged.map((value, row) => (row < 20 ? Math.min(1, value + (row % 3) / 10) : none));
  const arm = { judged, people, sure: new Uint8Array(40) };
  const [apart, together] = [own(40), Int32Array.from({ length: 40 }, (_, row) => Math.floor(row / 4))].map(
    (clusters) => predictionPowered(arm, null, ones(40), clusters),
  );
  expect(together?.value).toBeCloseTo(apart?.value ?? Number.NaN, 1);
  expect(together?.freedom).toBeLessThan(apart?.freedom ?? 0);
});
