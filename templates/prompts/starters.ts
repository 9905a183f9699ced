import { claim, diagnosis, investment, sums } from "./reasoning";
import { groundedRubric, helpfulRubric } from "./rubrics";
import { classification, extraction, summary } from "./sorting";
import type { Starter } from "./starter";
import { aida, code, costar, creative, peel, styleGuide } from "./writing";

/** Prompts to begin with, in the order in which they are offered. */
export const starters: readonly Starter[] = [
  classification,
  extraction,
  summary,
  diagnosis,
  sums,
  claim,
  investment,
  peel,
  aida,
  costar,
  styleGuide,
  code,
  creative,
  helpfulRubric,
  groundedRubric,
];
