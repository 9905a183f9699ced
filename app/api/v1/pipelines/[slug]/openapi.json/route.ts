import { ownOpenApiRoute } from "@/server/api/http/published/routes";

export const dynamic = "force-dynamic";

export { ownOpenApiRoute as GET };
