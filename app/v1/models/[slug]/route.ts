import { modelRoute } from "@/server/api/http/openai/routes";

export const dynamic = "force-dynamic";

export { modelRoute as GET };
