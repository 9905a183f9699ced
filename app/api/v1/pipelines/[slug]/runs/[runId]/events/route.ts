import { eventsRoute } from "@/server/published/routes";

export const dynamic = "force-dynamic";

export { eventsRoute as GET };
