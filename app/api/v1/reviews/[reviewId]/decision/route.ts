import { decideReviewRoute } from "@/server/api/http/reviews/reviews";

export const dynamic = "force-dynamic";

export { decideReviewRoute as POST };
