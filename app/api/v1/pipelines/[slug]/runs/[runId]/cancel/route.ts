import { cancelRoute } from "@/server/api/http/published/routes";

export const dynamic = "force-dynamic";

export { cancelRoute as POST };
