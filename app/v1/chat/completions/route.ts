import { chatRoute } from "@/server/api/http/openai/routes";

export const dynamic = "force-dynamic";

export { chatRoute as POST };
