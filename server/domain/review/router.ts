import { router } from "@/server/platform/trpc/procedures";
import { answerReview } from "./answer-review";
import { reviewQueue } from "./review-queue";
import { undoReview } from "./undo-review";

export const reviewRouter = router({
  queue: reviewQueue,
  answer: answerReview,
  undo: undoReview,
});
