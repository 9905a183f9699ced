import { readFile } from "node:fs/promises";
import path from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { sessionOptions } from "../../onnx-session";
import { readWeights, type WeightDescription, weightNamed } from "../onnx/read-weights";
import { type Picture, toPlanes } from "../picture";
import { resize } from "../resize";
import { type Box, decodeBox, withoutDoubles } from "./boxes";
import { type GraphNode, graphToOnnx } from "./graph-to-onnx";
import { objectNames } from "./object-names";

export interface FoundObject {
  /** English name, one of `objectNames`. */
  readonly name: string;
  readonly score: number;
  /** In shares of the picture's width and height. */
  readonly box: Box;
}

const SIZE = 300;
const ANCHORS = 1917;
const CLASSES = 91;
const SURE_ENOUGH = 0.5;
const MOST = 40;

/** Finds things of 80 everyday kinds (SSD MobileNet v2, trained on COCO). */
export class ObjectDetector {
  readonly #session: InferenceSession;
  readonly #anchors: Float32Array;

  private constructor(session: InferenceSession, anchors: Float32Array) {
    this.#session = session;
    this.#anchors = anchors;
  }

  static async load(folder: string, threads: number): Promise<ObjectDetector> {
    const model = JSON.parse(await readFile(path.join(folder, "model.json"), "utf8")) as {
      modelTopology: { node: GraphNode[] };
      weightsManifest: { weights: WeightDescription[] }[];
    };
    const parts = await Promise.all([1, 2, 3, 4, 5].map((part) => readFile(path.join(folder, `weights_${part}.bin`))));
    const weights = readWeights(
      Buffer.concat(parts),
      model.weightsManifest.flatMap((one) => one.weights),
    );
    const onnx = graphToOnnx(model.modelTopology.node, weights, {
      input: "Preprocessor/sub",
      size: SIZE,
      outputs: [
        { node: "concat", shape: [1, ANCHORS, 1, 4] },
        { node: "concat_1", shape: [1, ANCHORS, CLASSES] },
      ],
    });
    const session = await InferenceSession.create(onnx, await sessionOptions(threads));
    return new ObjectDetector(session, weightNamed(weights, "Postprocessor/ExpandDims").values);
  }

  async detect(picture: Picture): Promise<FoundObject[]> {
    const planes = toPlanes(await resize(picture, SIZE, SIZE), "rgb", (byte) => byte / 127.5 - 1);
    const { concat, concat_1 } = await this.#session.run({
      "Preprocessor/sub": new Tensor("float32", planes, [1, 3, SIZE, SIZE]),
    });
    const offsets = concat?.data as Float32Array;
    const logits = concat_1?.data as Float32Array;
    const found: FoundObject[] = [];
    for (let anchor = 0; anchor < ANCHORS; anchor++) {
      // Class 0 is the background.
      for (let kind = 1; kind < CLASSES; kind++) {
        const score = 1 / (1 + Math.exp(-(logits[anchor * CLASSES + kind] ?? 0)));
        const name = objectNames.get(kind)?.en;
        if (score < SURE_ENOUGH || !name) continue;
        found.push({ name, score, box: decodeBox(offsets, this.#anchors, anchor) });
      }
    }
    return withoutDoubles(found).slice(0, MOST);
  }
}
