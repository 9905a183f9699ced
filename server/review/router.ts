import { router } from "@/server/trpc";
import { answerReview } from "./answer-review";
import { reviewQueue } from "./review-queue";
import { undoReview } from "./undo-review";

export const reviewRouter = router({
  queue: reviewQueue,
  answer: answerReview,
  undo: undoReview,
});
