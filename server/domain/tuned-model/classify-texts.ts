import type { ServiceCall } from "@/runtime/capability/service-call";
import { type ClassifierHead, indexOfMost, predict } from "@/runtime/fine-tuning/classifier-head";
import { trainingLimits } from "@/runtime/fine-tuning/limits";
import { type Influence, influences, occlusions, segmentsOf } from "@/runtime/fine-tuning/occlusion";
import { isNodeFailure, NodeFailure } from "@/runtime/node/node-failure";
import type { ResolvedVersion } from "./resolve-reference";

export interface Classified {
  /** Place of the label. */
  readonly best: number;
  readonly scores: Float32Array;
  /** What each part of the text did, in the order of the text; empty where it was not asked for. */
  readonly influences: readonly Influence[];
}

/**
 * Labels of texts by a trained head. Refuses when the model that made the training's vectors is gone or now gives others: the answers would be
 * noise, and nobody would see it.
 */
export const classifyTexts = async (
  head: ClassifierHead,
  version: ResolvedVersion,
  given: readonly string[],
  embed: ServiceCall["embed"],
  explain: boolean,
): Promise<Classified[]> => {
  const texts = given.map((text) => text.slice(0, trainingLimits.textCharacters));
  const whole = predict(head, texts, await vectorsOf(head, version, texts, embed));
  const classified: Classified[] = [];
  for (const [index, scores] of whole.entries()) {
    const best = indexOfMost(scores);
    classified.push({ best, scores, influences: explain ? await explained(texts[index] ?? "", best, scores) : [] });
  }
  return classified;

  async function explained(text: string, best: number, scores: Float32Array): Promise<Influence[]> {
    const segments = segmentsOf(text);
    const without = occlusions(text, segments);
    if (without.length === 0) return [];
    const results = predict(head, without, await vectorsOf(head, version, without, embed));
    return influences(
      text,
      segments,
      scores[best] ?? 0,
      results.map((each) => each[best] ?? 0),
    );
  }
};

const vectorsOf = async (
  head: ClassifierHead,
  { base, tunedModel, number }: ResolvedVersion,
  texts: readonly string[],
  embed: ServiceCall["embed"],
): Promise<readonly (readonly number[])[]> => {
  const name = `${tunedModel.slug}@${number}`;
  const { vectors } = await embed({ model: base, input: texts }).catch((error: unknown) => {
    if (isNodeFailure(error) && error.code === "model-unknown") {
      throw new NodeFailure(
        "model-unknown",
        `${name} was trained on the vectors of ${base}, which no endpoint offers any more.`,
        {
          hint: "Register that embedding model again on the models page, or train the model again on another one.",
          cause: error,
        },
      );
    }
    throw error;
  });
  if (vectors.length !== texts.length) {
    throw new NodeFailure("model-protocol", `${vectors.length} vectors came back for ${texts.length} texts.`);
  }
  const other = vectors.find(({ length }) => length !== head.dimensions);
  if (other !== undefined) {
    throw new NodeFailure(
      "model-protocol",
      `${name} was trained on vectors of ${head.dimensions} numbers, and ${base} now gives ${other.length}: it is another model.`,
      { hint: "Train the model again on what the endpoint serves now." },
    );
  }
  return vectors;
};
