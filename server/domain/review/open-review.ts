import { type AnyScorer, isPairScorer } from "@/runtime/eval/contract/scorer";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import { findExperiment } from "@/server/domain/experiment/find-experiment";
import { storedSpec } from "@/server/domain/experiment/ready-experiment";
import type { Database } from "@/server/platform/db/database";
import { notFound } from "@/server/platform/guard/application-error";
import { type ReviewPlace, reviewOrder } from "./review-order";

export interface OpenReview {
  readonly scorer: AnyScorer;
  readonly pairwise: boolean;
  readonly question: string;
  readonly baseline: number;
  /** Output that is shown; undefined: the only one. */
  readonly output: string | undefined;
  readonly order: readonly ReviewPlace[];
}

/** What there is to review of a scorer that people answer for, or of a judge that is compared with them. */
export const openReview = async (
  database: Database,
  workspaceId: string,
  { id, scorerId }: { readonly id: string; readonly scorerId: string },
): Promise<OpenReview> => {
  const spec = storedSpec((await findExperiment(database, workspaceId, id)).spec);
  const entry = spec.scorers.find((each) => each.id === scorerId);
  const scorer = entry && findScorer(entry.type);
  if (entry === undefined || scorer === undefined || !(scorer.judge || scorer.asksPerson)) throw notFound("scorer");
  const pairwise = isPairScorer(scorer);
  const baseline = spec.variants.findIndex(({ key }) => key === spec.baseline);
  const rows = await database.prisma.experimentRow.count({ where: { experimentId: id, workspaceId } });
  const variants = spec.variants.flatMap((_, index) => (pairwise && index === baseline ? [] : [index]));
  const { question, criteria } = entry.config;
  return {
    scorer,
    pairwise,
    question: typeof question === "string" ? question : typeof criteria === "string" ? criteria : "",
    baseline,
    output: entry.output,
    order: reviewOrder(id, scorerId, rows, variants),
  };
};
