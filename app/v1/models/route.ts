import { modelsRoute } from "@/server/api/http/openai/routes";

export const dynamic = "force-dynamic";

export { modelsRoute as GET };
