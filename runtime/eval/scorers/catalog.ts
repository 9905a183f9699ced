import type { AnyScorer } from "../contract/scorer";
import { customExpression } from "./custom/expression";
import { embeddingSimilarity } from "./embedding/similarity";
import { humanPreference } from "./human/preference";
import { humanRating } from "./human/rating";
import { jsonFields } from "./json/fields";
import { jsonValid } from "./json/valid";
import { judgePairwise } from "./judge/pairwise";
import { judgeRubric } from "./judge/rubric";
import { labelAccuracy } from "./label/accuracy";
import { numberTolerance } from "./number/tolerance";
import { pipelineScorer } from "./pipeline/scorer";
import { retrievalCitations } from "./retrieval/citations";
import { runCost } from "./run/cost";
import { runLatency } from "./run/latency";
import { runTokens } from "./run/tokens";
import { safetyToxicity } from "./safety/toxicity";
import { textBleu } from "./text/bleu";
import { textChrf } from "./text/chrf";
import { textContains } from "./text/contains";
import { textEditDistance } from "./text/edit-distance";
import { textExact } from "./text/exact";
import { textLength } from "./text/length";
import { textNormalised } from "./text/normalised";
import { textRefusal } from "./text/refusal";
import { textRegex } from "./text/regex";
import { textRouge } from "./text/rouge";

/** In the order in which they are offered. */
export const scorers = [
  labelAccuracy,
  textExact,
  textNormalised,
  textContains,
  textRegex,
  numberTolerance,
  jsonValid,
  jsonFields,
  textBleu,
  textRouge,
  textChrf,
  textEditDistance,
  embeddingSimilarity,
  retrievalCitations,
  safetyToxicity,
  textRefusal,
  textLength,
  runLatency,
  runCost,
  runTokens,
  customExpression,
  pipelineScorer,
  judgeRubric,
  judgePairwise,
  humanRating,
  humanPreference,
] as unknown as readonly AnyScorer[];

const byType: ReadonlyMap<string, AnyScorer> = new Map(scorers.map((scorer) => [scorer.type, scorer]));

export const findScorer = (type: string): AnyScorer | undefined => byType.get(type);
