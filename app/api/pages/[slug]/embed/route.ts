import { embedRoute } from "@/server/api/http/pages/routes";

export const dynamic = "force-dynamic";

export { embedRoute as GET };
