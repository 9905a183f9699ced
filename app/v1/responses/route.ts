import { responsesRoute } from "@/server/api/http/openai/routes";

export const dynamic = "force-dynamic";

export { responsesRoute as POST };
