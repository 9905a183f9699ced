import { readRunRoute } from "@/server/api/http/published/routes";

export const dynamic = "force-dynamic";

export { readRunRoute as GET };
