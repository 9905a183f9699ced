import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PackedEncoder } from "./packed-encoder";
import { readPackedFile } from "./packed-file";
import { packedFixture } from "./packed-fixture";
import { UnigramTokenizer } from "./unigram";

const shape = { width: 64, layers: 2, heads: 4, inner: 96, positions: 12 };
let state = 7;
/** Park and Miller's generator: the same weights in each run. */
const random = () => {
  state = (state * 48_271) % 2_147_483_647;
  return state / 2_147_483_647;
};
const { file, values } = packedFixture(shape, random);

let folder: string;
let encoder: PackedEncoder;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-packed-"));
  await writeFile(path.join(folder, "model.bin"), file);
  encoder = await PackedEncoder.load(path.join(folder, "model.bin"), 1);
});
afterAll(async () => {
  await encoder?.dispose();
  await rm(folder, { recursive: true, force: true });
});

const { signal } = new AbortController();
const dot = (left: ArrayLike<number>, right: ArrayLike<number>) =>
  Array.from(left).reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);

describe("PackedEncoder", () => {
  it("gives what the encoder's formulas give, but for the rounding of its 8-bit products", async () => {
    for (const text of ["query: ab a", "passage: 你好 b ab ab"]) {
      const { vector, tokens } = await encoder.encode(text, signal);
      const expected = byFormulas(text);
      expect(dot(vector, vector)).toBeCloseTo(1, 5);
      expect(dot(vector, expected) / Math.sqrt(dot(expected, expected))).toBeGreaterThan(0.999);
      expect(tokens).toBeLessThanOrEqual(shape.positions);
    }
  });

  it("reads a text without a mark as a question", async () => {
    const plain = await encoder.encode("ab b", signal);
    expect(plain).toEqual(await encoder.encode("query: ab b", signal));
    expect(plain.vector).not.toEqual((await encoder.encode("passage: ab b", signal)).vector);
  });

  it("reads a long text in windows, and stops when its reader leaves", async () => {
    const { vector, tokens } = await encoder.encode("ab ".repeat(200), signal);
    expect(tokens).toBeGreaterThan(200);
    expect(dot(vector, vector)).toBeCloseTo(1, 5);
    await expect(encoder.encode("ab ".repeat(200), AbortSignal.abort(new Error("gone")))).rejects.toThrow("gone");
  });

  it("refuses a file that is cut off, of another form or with senseless dimensions", () => {
    for (const cut of [0, 3, 40, 200, file.length - 10])
      expect(() => readPackedFile(file.subarray(0, cut)), String(cut)).toThrow();
    const layers = Buffer.from(file);
    layers.writeUInt32LE(1e6, 12);
    expect(() => readPackedFile(layers)).toThrow("make no sense");
    const pieces = Buffer.from(file);
    pieces.writeUInt32LE(0xffffffff, 44);
    expect(() => readPackedFile(pieces)).toThrow("makes no sense");
  });
});

/** The encoder written out plainly, in whole numbers of precision. */
function byFormulas(text: string): number[] {
  const { width, heads, inner, layers } = shape;
  const named = (name: string) => values.get(name) ?? [];
  const { vocabulary } = readPackedFile(file);
  const ids = [vocabulary.start, ...new UnigramTokenizer(vocabulary).encode(text), vocabulary.end];
  const product = (rows: number[][], name: string, from: number, to: number) =>
    rows.map((row) =>
      Array.from({ length: to }, (_, column) => {
        const weights = named(`${name}.w`).slice(column * from, (column + 1) * from);
        return dot(row, weights) + (named(`${name}.b`)[column] ?? 0);
      }),
    );
  const normalized = (rows: number[][], name: string) =>
    rows.map((row) => {
      const mean = row.reduce((sum, value) => sum + value, 0) / width;
      const spread = Math.sqrt(row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / width + 1e-12);
      return row.map(
        (value, index) =>
          ((value - mean) / spread) * (named(`${name}.w`)[index] ?? 0) + (named(`${name}.b`)[index] ?? 0),
      );
    });
  const added = (left: number[][], right: number[][]) =>
    left.map((row, place) => row.map((value, index) => value + (right[place]?.[index] ?? 0)));
  let rows = normalized(
    ids.map((id, place) =>
      Array.from(
        { length: width },
        (_, index) =>
          (named("emb.word")[id * width + index] ?? 0) +
          (named("emb.pos")[place * width + index] ?? 0) +
          (named("emb.type")[index] ?? 0),
      ),
    ),
    "emb.ln",
  );
  const size = width / heads;
  for (let layer = 0; layer < layers; layer++) {
    const at = (part: string) => `l${layer}.${part}`;
    const [query, key, value] = ["q", "k", "v"].map((part) => product(rows, at(part), width, width));
    const attended = rows.map((_, place) => {
      const seen: number[] = [];
      for (let head = 0; head < heads; head++) {
        const of = (row: number[] | undefined) => row?.slice(head * size, (head + 1) * size) ?? [];
        const fit = (key ?? []).map((other) => Math.exp(dot(of(query?.[place]), of(other)) / Math.sqrt(size)));
        const sum = fit.reduce((total, one) => total + one, 0);
        for (let index = 0; index < size; index++)
          seen.push(
            (value ?? []).reduce((total, row, other) => total + (of(row)[index] ?? 0) * ((fit[other] ?? 0) / sum), 0),
          );
      }
      return seen;
    });
    rows = normalized(added(rows, product(attended, at("ao"), width, width)), at("aln"));
    const wide = product(rows, at("fi"), width, inner).map((row) => row.map(gelu));
    rows = normalized(added(rows, product(wide, at("fo"), inner, width)), at("oln"));
  }
  return Array.from(
    { length: width },
    (_, index) => rows.reduce((sum, row) => sum + (row[index] ?? 0), 0) / rows.length,
  );
}

/** By the error function's series: good to ten places for the values met here. */
function gelu(value: number): number {
  const x = Math.abs(value) / Math.SQRT2;
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n++) {
    term *= -(x * x) / n;
    sum += term / (2 * n + 1);
  }
  const error = x > 5 ? 1 : (2 / Math.sqrt(Math.PI)) * sum;
  return (value * (1 + Math.sign(value) * error)) / 2;
}
