import { runRoute } from "@/server/api/http/published/routes";

export const dynamic = "force-dynamic";

export { runRoute as POST };
