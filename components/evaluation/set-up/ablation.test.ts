import { expect, it } from "vitest";
import type { GraphDocument } from "@/runtime/graph/document";
import { sameJson } from "@/runtime/graph/hash";
import { applyOverrides } from "@/runtime/graph/overrides";
import { ablationOf, ablationVariants, mostEdits } from "./ablation";

const document = (configs: Readonly<Record<string, Record<string, unknown>>>): GraphDocument => ({
  schemaVersion: 1,
  nodes: Object.entries(configs).map(
    ([id, config]) => ({ id, type: "prompt/chat", typeVersion: 1, config, disabled: false }) as never,
  ),
  edges: [],
  layout: {},
});
const names = { all: "All", none: "None", without: ({ fields }: { fields: readonly string[] }) => fields.join() };

it("takes each edit back by itself, and a setting that was not there is unset again", () => {
  const from = document({ ask: { user: "a", system: "s" } });
  const to = document({ ask: { user: "b", system: "s", temperature: 0.2 } });
  const { edits, left, structure } = ablationOf(from, to);
  expect(edits.map(({ fields }) => fields)).toEqual([["user"], ["temperature"]]);
  expect([left, structure]).toEqual([[], 0]);
  const variants = ablationVariants({ from: "1", to: "2" }, edits, names);
  expect(variants.map(({ key, label, source }) => [key, label, source])).toEqual([
    ["a", "All", "2"],
    ["b", "user", "2"],
    ["c", "temperature", "2"],
    ["d", "None", "1"],
  ]);
  const without = variants.slice(1, 3).map(({ overrides }) => applyOverrides(to, overrides));
  expect(without.map((each) => each.ok && each.value.nodes[0]?.config)).toEqual([
    { user: "a", system: "s", temperature: 0.2 },
    { user: "b", system: "s" },
  ]);
});

it("takes all edits back to the version before, for any two versions of the same steps", () => {
  let seed = 7;
  const random = (most: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % most;
  };
  for (let round = 0; round < 500; round++) {
    const config = () =>
      Object.fromEntries(Array.from({ length: random(4) }, () => [`f${random(4)}`, random(3)] as const));
    const [from, to] = [0, 1].map(() => document({ one: config(), two: config() }));
    if (from === undefined || to === undefined) return;
    const { edits, left } = ablationOf(from, to);
    const back = applyOverrides(
      to,
      [...edits, ...left].map((edit) => edit.back),
    );
    expect(
      back.ok &&
        sameJson(
          back.value.nodes.map((node) => node.config),
          from.nodes.map((node) => node.config),
        ),
    ).toBe(true);
    expect(edits.length).toBeLessThanOrEqual(mostEdits);
  }
});

it("goes step by step where there are many, and says what has no room", () => {
  const config = (value: number) => ({ a: value, b: value });
  const ids = Array.from({ length: mostEdits + 2 }, (_, at) => `n${at}`);
  const all = (value: number) => document(Object.fromEntries(ids.map((id) => [id, config(value)])));
  const { edits, left } = ablationOf(all(1), all(2));
  expect(edits).toHaveLength(mostEdits);
  expect(edits[0]?.fields).toEqual(["a", "b"]);
  expect(left).toHaveLength(2);
});

it("counts steps and wires as structure, and takes words, not the prompt that they are from", () => {
  const held = (version: number) => ({ reference: "p", hash: `${version}`, version });
  const from = document({ ask: { user: "a", prompt: held(1) } });
  const to = document({ ask: { user: "b", prompt: held(2) }, more: {} });
  const { edits, structure } = ablationOf(from, to);
  expect(edits.map(({ fields }) => fields)).toEqual([["user"]]);
  expect(structure).toBe(1);
  const variants = ablationVariants({ from: "1", to: "2" }, edits, names);
  expect(variants).toHaveLength(2);
});
