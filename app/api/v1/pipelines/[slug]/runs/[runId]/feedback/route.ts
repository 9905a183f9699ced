import { feedbackRoute } from "@/server/published/routes";

export const dynamic = "force-dynamic";

export { feedbackRoute as POST };
