import { openApiRoute } from "@/server/api/http/published/routes";

export const dynamic = "force-dynamic";

export { openApiRoute as GET };
