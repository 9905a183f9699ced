import { feedbackRoute } from "@/server/api/http/published/routes";

export const dynamic = "force-dynamic";

export { feedbackRoute as POST };
