import { MessageWriter } from "./protobuf";

export type Attribute =
  | { readonly name: string; readonly type: "integer" | "float"; readonly value: number }
  | { readonly name: string; readonly type: "integers"; readonly value: readonly number[] }
  | { readonly name: string; readonly type: "text"; readonly value: string };

/** Numbers of the ONNX format for the kinds used here. */
const elementType = { float32: 1, int64: 7 } as const;
const attributeType = { float: 1, integer: 2, text: 3, integers: 7 } as const;
const IR_VERSION = 8;
/** All operators used here have their present meaning since this version of the set. */
const OPERATOR_SET = 17;

/**
 * Builds an ONNX model piece by piece. The weights for objects and safety are published in TensorFlow.js forms only; written
 * anew as ONNX, one runtime runs all models.
 */
export class OnnxGraph {
  readonly #graph = new MessageWriter().text(2, "main");

  input(name: string, shape: readonly number[]) {
    this.#graph.message(11, valueInfo(name, shape));
  }

  output(name: string, shape: readonly number[]) {
    this.#graph.message(12, valueInfo(name, shape));
  }

  constant(name: string, shape: readonly number[], values: Float32Array | BigInt64Array): string {
    const type = values instanceof Float32Array ? elementType.float32 : elementType.int64;
    const tensor = new MessageWriter();
    for (const size of shape) tensor.integer(1, size);
    tensor.integer(2, type).text(8, name);
    tensor.bytes(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    this.#graph.message(5, tensor);
    return name;
  }

  /** Gives back the name of its one output. */
  node(operator: string, inputs: readonly string[], output: string, attributes: readonly Attribute[] = []): string {
    const node = new MessageWriter();
    for (const input of inputs) node.text(1, input);
    node.text(2, output).text(4, operator);
    for (const attribute of attributes) node.message(5, attributeMessage(attribute));
    this.#graph.message(1, node);
    return output;
  }

  finish(): Uint8Array {
    const operators = new MessageWriter().text(1, "").integer(2, OPERATOR_SET);
    return new MessageWriter().integer(1, IR_VERSION).message(7, this.#graph).message(8, operators).finish();
  }
}

function attributeMessage(attribute: Attribute): MessageWriter {
  const message = new MessageWriter().text(1, attribute.name).integer(20, attributeType[attribute.type]);
  switch (attribute.type) {
    case "float":
      return message.float(2, attribute.value);
    case "integer":
      return message.integer(3, attribute.value);
    case "text":
      return message.text(4, attribute.value);
    case "integers":
      for (const one of attribute.value) message.integer(8, one);
      return message;
    default:
      return attribute satisfies never;
  }
}

function valueInfo(name: string, shape: readonly number[]): MessageWriter {
  const dimensions = new MessageWriter();
  for (const size of shape) dimensions.message(1, new MessageWriter().integer(1, size));
  const tensor = new MessageWriter().integer(1, elementType.float32).message(2, dimensions);
  return new MessageWriter().text(1, name).message(2, new MessageWriter().message(1, tensor));
}
