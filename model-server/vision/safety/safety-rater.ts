import { readFile } from "node:fs/promises";
import path from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { sessionOptions } from "../../onnx-session";
import { readWeights, type WeightDescription } from "../onnx/read-weights";
import { type Picture, toPlanes } from "../picture";
import { resize } from "../resize";
import { type Layer, layersToOnnx } from "./layers-to-onnx";
import { readBytes, readObject } from "./read-script";

/** In the order of the model's classes. */
export const safetyClasses = ["drawing", "hentai", "neutral", "porn", "sexy"] as const;
export type SafetyScores = Readonly<Record<(typeof safetyClasses)[number], number>>;

const SIZE = 224;

/** Rates how likely a picture shows sexual content (NSFWJS, MobileNet v2). */
export class SafetyRater {
  readonly #session: InferenceSession;

  private constructor(session: InferenceSession) {
    this.#session = session;
  }

  static async load(folder: string, threads: number): Promise<SafetyRater> {
    const model = readObject(await readFile(path.join(folder, "model.txt"), "utf8")) as {
      modelTopology: { model_config: { config: { layers: Layer[] } } };
      weightsManifest: { weights: WeightDescription[] }[];
    };
    const bytes = readBytes(await readFile(path.join(folder, "weights.txt"), "utf8"));
    const weights = readWeights(
      bytes,
      model.weightsManifest.flatMap((one) => one.weights),
    );
    const onnx = layersToOnnx(model.modelTopology.model_config.config.layers, weights, {
      size: SIZE,
      classes: safetyClasses.length,
    });
    return new SafetyRater(await InferenceSession.create(onnx, await sessionOptions(threads)));
  }

  async rate(picture: Picture): Promise<SafetyScores> {
    const planes = toPlanes(await resize(picture, SIZE, SIZE), "rgb", (byte) => byte / 255);
    const [input = "", output = ""] = [this.#session.inputNames[0], this.#session.outputNames[0]];
    const result = await this.#session.run({ [input]: new Tensor("float32", planes, [1, 3, SIZE, SIZE]) });
    const scores = result[output]?.data as Float32Array;
    return Object.fromEntries(safetyClasses.map((name, index) => [name, scores[index] ?? 0])) as SafetyScores;
  }
}

/** 0 to 1. "sexy" is clothed and counts half. */
export const unsafeScore = ({ hentai, porn, sexy }: SafetyScores): number => Math.min(1, hentai + porn + sexy / 2);
