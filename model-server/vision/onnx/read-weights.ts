import type { Weight } from "./layers";

/** How TensorFlow.js lists the weights that follow one another in a file. */
export interface WeightDescription {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Stored as one byte a number: value = byte * scale + min. */
  readonly quantization?: { readonly min: number; readonly scale: number; readonly dtype: string };
}

export function readWeights(bytes: Uint8Array, descriptions: readonly WeightDescription[]): Map<string, Weight> {
  const weights = new Map<string, Weight>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  for (const { name, shape, dtype, quantization } of descriptions) {
    const count = shape.reduce((product, size) => product * size, 1);
    const width = quantization ? 1 : 4;
    if (at + count * width > bytes.length) throw new Error(`the weights end before ${name}`);
    if (quantization && quantization.dtype !== "uint8") throw new Error(`${name} is stored as ${quantization.dtype}`);
    const start = at;
    const values = Float32Array.from({ length: count }, (_, index) => {
      if (quantization) return (bytes[start + index] ?? 0) * quantization.scale + quantization.min;
      const place = start + index * 4;
      return dtype === "int32" ? view.getInt32(place, true) : view.getFloat32(place, true);
    });
    weights.set(name, { shape, values });
    at += count * width;
  }
  return weights;
}

export function weightNamed(weights: ReadonlyMap<string, Weight>, name: string): Weight {
  const weight = weights.get(name);
  if (!weight) throw new Error(`the model has no weight ${name}`);
  return weight;
}
