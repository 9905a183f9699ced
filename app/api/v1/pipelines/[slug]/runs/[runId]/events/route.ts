import { eventsRoute } from "@/server/api/http/published/routes";

export const dynamic = "force-dynamic";

export { eventsRoute as GET };
