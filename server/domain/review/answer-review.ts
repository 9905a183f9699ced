import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { openReview } from "./open-review";
import { answerInput } from "./review.types";
import { baselineLeft } from "./review-order";

const stars = 5;

/** Keeps what a person said of one answer, or of two whose sides were drawn. Saying it again replaces it. */
export const answerReview = editorProcedure.input(answerInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const { id, scorerId, at, said } = input;
  const { order, pairwise } = await openReview(database, workspaceId, input);
  const chosen = order[at];
  if (chosen === undefined) throw notFound("answer");
  const rating = Number(said);
  if (pairwise !== Number.isNaN(rating)) {
    throw new ApplicationError("BAD_REQUEST", pairwise ? "Choose a side, or neither." : "Give one to five stars.", {
      reason: "input-invalid",
    });
  }
  const reviewer = `user:${member.userId}`;
  const left = baselineLeft(id, scorerId, reviewer, at);
  const value = pairwise ? (said === "same" ? 0 : (said === "left") === left ? -1 : 1) : (rating - 1) / (stars - 1);
  const place = { experimentId: id, scorerId, row: chosen.row, repeat: 0, variant: chosen.variant, reviewer };
  const kept = { value, baselineLeft: left };
  await database.prisma.reviewAnswer.upsert({
    where: { experimentId_scorerId_row_repeat_variant_reviewer: place },
    create: { ...place, ...kept, workspaceId },
    update: kept,
  });
  return { at };
});
