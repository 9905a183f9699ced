import { MessageWriter } from "./protobuf";

interface Field {
  readonly number: number;
  /** Of fields that hold bytes: text, messages and packed numbers. */
  readonly bytes: Uint8Array | null;
  /** The field as it stands in the file. */
  readonly whole: Uint8Array;
}

/** Numbers of the ONNX format: of the graph in its file, and of the outputs and their names in the graph. */
const [graphField, outputField, nameField] = [7, 12, 1];
/** Bytes of a value by the kind of its field; kind 0 is a varint, kind 2 says its length. */
const fixed: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

function* fieldsOf(message: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    for (let [value, factor] = [0, 1]; at < message.length; factor *= 128) {
      const byte = message[at++] as number;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    throw new Error("The file is no ONNX model: it ends within a number.");
  };
  while (at < message.length) {
    const begin = at;
    const tag = varint();
    const [number, kind] = [Math.floor(tag / 8), tag % 8];
    let bytes: Uint8Array | null = null;
    if (kind === 0) varint();
    else {
      const length = kind === 2 ? varint() : fixed[kind];
      if (length === undefined || at + length > message.length)
        throw new Error("The file is no ONNX model: a field of it has no end.");
      if (kind === 2) bytes = message.subarray(at, at + length);
      at += length;
    }
    yield { number, bytes, whole: message.subarray(begin, at) };
  }
}

const nameOf = (value: Uint8Array): string => {
  for (const { number, bytes } of fieldsOf(value))
    if (number === nameField && bytes !== null) return new TextDecoder().decode(bytes);
  return "";
};

const graphWith = (graph: Uint8Array, wanted: readonly string[]): Uint8Array =>
  Buffer.concat(
    [...fieldsOf(graph)].flatMap(({ number, bytes, whole }) =>
      number === outputField && bytes !== null && !wanted.includes(nameOf(bytes)) ? [] : [whole],
    ),
  );

/**
 * The bytes of an ONNX model that gives the outputs named alone. The runtime holds every output to the end of a run, also where nobody asked for it; of what is
 * none it lets go as soon as it was used. Throws where the bytes are no ONNX model.
 */
export const keepOutputs = (model: Uint8Array, wanted: readonly string[]): Uint8Array =>
  Buffer.concat(
    [...fieldsOf(model)].map(({ number, bytes, whole }) =>
      number === graphField && bytes !== null
        ? new MessageWriter().bytes(graphField, graphWith(bytes, wanted)).finish()
        : whole,
    ),
  );
