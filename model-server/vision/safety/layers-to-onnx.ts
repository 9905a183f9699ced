import { batchNormalization, convolution, depthwiseConvolution, relu6, type Weight } from "../onnx/layers";
import { OnnxGraph } from "../onnx/onnx-graph";
import { weightNamed } from "../onnx/read-weights";

/** One layer of a Keras model. */
export interface Layer {
  readonly name: string;
  readonly class_name: string;
  readonly config: {
    readonly strides?: readonly number[];
    readonly padding?: "same" | "valid" | readonly (readonly number[])[];
    readonly epsilon?: number;
    readonly activation?: string;
    readonly pool_size?: readonly number[];
  };
  readonly inbound_nodes: readonly (readonly (readonly [string, ...unknown[]])[])[];
}

/** A classifier of pictures, [1, 3, size, size] in and [1, classes] out. */
export function layersToOnnx(
  layers: readonly Layer[],
  weights: ReadonlyMap<string, Weight>,
  { size, classes }: { readonly size: number; readonly classes: number },
): Uint8Array {
  const graph = new OnnxGraph();
  /** Layer -> the name of what it gives; a layer that does nothing here gives on what it gets. */
  const given = new Map<string, string>();
  for (const layer of layers) {
    const [first = "", second = ""] = (layer.inbound_nodes[0] ?? []).map(([name]) => given.get(name) ?? "");
    given.set(layer.name, write(layer, first, second));
  }

  function write({ name, class_name, config }: Layer, input: string, other: string): string {
    const weight = (part: string) => weightNamed(weights, `${name}/${part}`);
    const strides = config.strides ?? [1, 1];
    const padding = config.padding === "same" ? "same" : "valid";
    switch (class_name) {
      case "InputLayer":
        graph.input(name, [1, 3, size, size]);
        return name;
      case "ZeroPadding2D": {
        const [[top = 0, bottom = 0] = [], [left = 0, right = 0] = []] =
          config.padding as readonly (readonly number[])[];
        const pads = BigInt64Array.from([0, 0, top, left, 0, 0, bottom, right], BigInt);
        return graph.node("Pad", [input, graph.constant(`${name}/pads`, [8], pads)], name);
      }
      case "Conv2D":
        return convolution(graph, name, { input, kernel: weight("kernel"), strides, padding });
      case "DepthwiseConv2D":
        return depthwiseConvolution(graph, name, { input, kernel: weight("depthwise_kernel"), strides, padding });
      case "BatchNormalization":
        return batchNormalization(graph, name, {
          input,
          scale: weight("gamma"),
          offset: weight("beta"),
          mean: weight("moving_mean"),
          variance: weight("moving_variance"),
          epsilon: config.epsilon ?? 1e-3,
        });
      case "ReLU":
        return relu6(graph, name, input);
      case "Add":
        return graph.node("Add", [input, other], name);
      case "AveragePooling2D":
        return graph.node("AveragePool", [input], name, [
          { name: "kernel_shape", type: "integers", value: config.pool_size ?? [] },
          { name: "strides", type: "integers", value: strides },
        ]);
      case "Flatten":
        // The picture is one pixel large by then, so the order of its channels is the same either way.
        return graph.node("Flatten", [input], name);
      case "Dropout":
        return input;
      case "Dense":
        return dense(name, input, weight("kernel"), weight("bias"), config.activation);
      default:
        throw new Error(`the model has a layer ${class_name}, which is not known here`);
    }
  }

  function dense(name: string, input: string, kernel: Weight, bias: Weight, activation: string | undefined) {
    const sum = graph.node(
      "Gemm",
      [
        input,
        graph.constant(`${name}/kernel`, kernel.shape, kernel.values),
        graph.constant(`${name}/bias`, bias.shape, bias.values),
      ],
      `${name}/sum`,
    );
    return graph.node(activation === "softmax" ? "Softmax" : "Relu", [sum], name);
  }

  const last = layers.at(-1)?.name ?? "";
  graph.output(given.get(last) ?? last, [1, classes]);
  return graph.finish();
}
