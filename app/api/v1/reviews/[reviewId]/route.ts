import { readReviewRoute } from "@/server/api/http/reviews/reviews";

export const dynamic = "force-dynamic";

export { readReviewRoute as GET };
