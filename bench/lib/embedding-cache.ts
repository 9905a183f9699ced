import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";

const folder = path.join(".build", "embeddings");
const batch = 64;
const keyLength = 32;

type Embed = (texts: readonly string[]) => Promise<readonly (readonly number[])[]>;

/**
 * Vectors of the texts, in order; those that an earlier run of a benchmark asked for come from `.build/embeddings/<model>.bin`: records of the text's
 * SHA-256 and the vector as 32-bit floats. A run that is broken off loses one batch.
 */
export const embedCached = async (model: string, texts: readonly string[], embed: Embed): Promise<Float32Array[]> => {
  const file = path.join(folder, `${model.replace(/[^\w.-]/g, "_")}.bin`);
  const known = readRecords(file);
  const keys = texts.map((text) => createHash("sha256").update(text).digest());
  const missing = new Map<string, { key: Buffer; text: string }>();
  for (const [index, key] of keys.entries()) {
    const name = key.toString("hex");
    if (!known.has(name)) missing.set(name, { key, text: texts[index] ?? "" });
  }
  const wanted = [...missing];
  if (wanted.length > 0) console.log(`embedding ${wanted.length} of ${texts.length} texts with ${model}`);
  mkdirSync(folder, { recursive: true });
  for (let start = 0; start < wanted.length; start += batch) {
    const part = wanted.slice(start, start + batch);
    const vectors = await embed(part.map(([, { text }]) => text));
    const records = part.map(([name, { key }], index) => {
      const vector = Float32Array.from(vectors[index] ?? []);
      known.set(name, vector);
      const header = Buffer.alloc(4);
      header.writeUInt32LE(vector.length);
      return Buffer.concat([key, header, Buffer.from(vector.buffer)]);
    });
    appendFileSync(file, Buffer.concat(records));
  }
  return keys.map((key) => known.get(key.toString("hex")) ?? new Float32Array());
};

const readRecords = (file: string): Map<string, Float32Array> => {
  const records = new Map<string, Float32Array>();
  if (!existsSync(file)) return records;
  const bytes = readFileSync(file);
  for (let at = 0; at + keyLength + 4 <= bytes.length; ) {
    const length = bytes.readUInt32LE(at + keyLength);
    const start = at + keyLength + 4;
    const end = start + 4 * length;
    if (end > bytes.length) break;
    const vector = new Float32Array(bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + end));
    records.set(bytes.subarray(at, at + keyLength).toString("hex"), vector);
    at = end;
  }
  return records;
};
