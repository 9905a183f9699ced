import { z } from "zod";
import { fail, ok, type Result } from "@/runtime/graph/result";
import type { ClassifierHead } from "./classifier-head";
import { trainingLimits } from "./limits";

/** "PWHEAD" and the form's version. */
const magic = "PWHEAD01";

const header = z.strictObject({
  labels: z.array(z.string().min(1)).min(1).max(trainingLimits.labels),
  dimensions: z.int().min(1).max(65_536),
  buckets: z
    .int()
    .min(0)
    .max(1 << 20),
  temperature: z.number().positive(),
});

/**
 * A head as bytes: the magic, the header's length as a 32-bit number, the header as JSON, padding to a multiple of four, then little-endian 32-bit floats:
 * biases, dense weights (feature by feature), and where there are n-grams their rarity and weights.
 */
export const writeHead = (head: ClassifierHead): Uint8Array => {
  const { labels, dimensions, lexical, weights, temperature } = head;
  const json = new TextEncoder().encode(
    JSON.stringify({ labels, dimensions, buckets: lexical?.buckets ?? 0, temperature }),
  );
  const start = Math.ceil((magic.length + 4 + json.length) / 4) * 4;
  const parts = [weights.bias, weights.denseWeights, ...(lexical ? [lexical.rarity, weights.sparseWeights] : [])];
  const bytes = new Uint8Array(start + 4 * parts.reduce((sum, { length }) => sum + length, 0));
  bytes.set(new TextEncoder().encode(magic));
  new DataView(bytes.buffer).setUint32(magic.length, json.length, true);
  bytes.set(json, magic.length + 4);
  let at = start;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return bytes;
};

export const readHead = (bytes: Uint8Array): Result<ClassifierHead, string> => {
  const broken = fail("This is not a classifier head, or it is damaged.");
  if (bytes.length < magic.length + 4 || new TextDecoder().decode(bytes.subarray(0, magic.length)) !== magic)
    return broken;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(magic.length, true);
  if (magic.length + 4 + length > bytes.length) return broken;
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes.subarray(magic.length + 4, magic.length + 4 + length)));
  } catch {
    return broken;
  }
  const parsed = header.safeParse(json);
  if (!parsed.success) return broken;
  const { labels, dimensions, buckets, temperature } = parsed.data;
  const sizes = [labels.length, dimensions * labels.length, ...(buckets > 0 ? [buckets, buckets * labels.length] : [])];
  let at = Math.ceil((magic.length + 4 + length) / 4) * 4;
  if (at + 4 * sizes.reduce((sum, size) => sum + size, 0) !== bytes.length) return broken;
  const [bias, denseWeights, rarity, sparseWeights] = sizes.map((size) => {
    // Copied byte by byte: these may begin at any place, floats may not, and the slice of a Buffer is no copy.
    const floats = new Float32Array(size);
    new Uint8Array(floats.buffer).set(bytes.subarray(at, at + 4 * size));
    at += 4 * size;
    return floats;
  });
  if (bias === undefined || denseWeights === undefined) return broken;
  return ok({
    labels,
    dimensions,
    lexical: rarity === undefined ? null : { buckets, rarity },
    weights: { labels: labels.length, bias, denseWeights, sparseWeights: sparseWeights ?? new Float32Array() },
    temperature,
  });
};
