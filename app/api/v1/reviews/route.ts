import { listReviewsRoute } from "@/server/api/http/reviews/reviews";

export const dynamic = "force-dynamic";

export { listReviewsRoute as GET };
