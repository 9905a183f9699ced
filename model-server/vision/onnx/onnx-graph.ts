import { MessageWriter } from "./protobuf";

export type Attribute =
  | { readonly name: string; readonly type: "integer" | "float"; readonly value: number }
  | { readonly name: string; readonly type: "integers"; readonly value: readonly number[] }
  | { readonly name: string; readonly type: "text"; readonly value: string };

/** Numbers of the ONNX format for the kinds used here. */
const elementType = { float32: 1, uint8: 2, int64: 7 } as const;
const attributeType = { float: 1, integer: 2, text: 3, integers: 7 } as const;
const IR_VERSION = 8;
/** All operators used here have their present meaning since this version of the set. */
const OPERATOR_SET = 17;
/** Operators of ONNX Runtime's own, such as products with 4-bit weights. */
const RUNTIME_DOMAIN = "com.microsoft";

/**
 * Builds an ONNX model piece by piece. Some weights can be had in forms of their own only; written anew as ONNX, one runtime runs
 * all models. A size given as a word differs from call to call.
 */
export class OnnxGraph {
  readonly #graph = new MessageWriter().text(2, "main");

  input(name: string, shape: readonly (number | string)[]) {
    this.#graph.message(11, valueInfo(name, shape));
  }

  output(name: string, shape: readonly (number | string)[]) {
    this.#graph.message(12, valueInfo(name, shape));
  }

  constant(name: string, shape: readonly number[], values: Float32Array | BigInt64Array | Uint8Array): string {
    const type =
      values instanceof Float32Array
        ? elementType.float32
        : values instanceof Uint8Array
          ? elementType.uint8
          : elementType.int64;
    const tensor = new MessageWriter();
    for (const size of shape) tensor.integer(1, size);
    tensor.integer(2, type).text(8, name);
    tensor.bytes(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    this.#graph.message(5, tensor);
    return name;
  }

  /** Gives back the name of its one output. */
  node(operator: string, inputs: readonly string[], output: string, attributes: readonly Attribute[] = []): string {
    return this.#add("", operator, inputs, output, attributes);
  }

  /** An operator that is ONNX Runtime's own. */
  runtimeNode(
    operator: string,
    inputs: readonly string[],
    output: string,
    attributes: readonly Attribute[] = [],
  ): string {
    return this.#add(RUNTIME_DOMAIN, operator, inputs, output, attributes);
  }

  #add(domain: string, operator: string, inputs: readonly string[], output: string, attributes: readonly Attribute[]) {
    const node = new MessageWriter();
    for (const input of inputs) node.text(1, input);
    node.text(2, output).text(4, operator);
    if (domain) node.text(7, domain);
    for (const attribute of attributes) node.message(5, attributeMessage(attribute));
    this.#graph.message(1, node);
    return output;
  }

  finish(): Uint8Array {
    const operators = new MessageWriter().text(1, "").integer(2, OPERATOR_SET);
    const own = new MessageWriter().text(1, RUNTIME_DOMAIN).integer(2, 1);
    return new MessageWriter()
      .integer(1, IR_VERSION)
      .message(7, this.#graph)
      .message(8, operators)
      .message(8, own)
      .finish();
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

function valueInfo(name: string, shape: readonly (number | string)[]): MessageWriter {
  const dimensions = new MessageWriter();
  for (const size of shape) {
    const dimension = new MessageWriter();
    if (typeof size === "string") dimension.text(2, size);
    else dimension.integer(1, size);
    dimensions.message(1, dimension);
  }
  const tensor = new MessageWriter().integer(1, elementType.float32).message(2, dimensions);
  return new MessageWriter().text(1, name).message(2, new MessageWriter().message(1, tensor));
}
