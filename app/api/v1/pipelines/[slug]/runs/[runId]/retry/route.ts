import { retryRoute } from "@/server/api/http/published/routes";

export const dynamic = "force-dynamic";

export { retryRoute as POST };
