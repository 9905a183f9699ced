import { hookRoute } from "@/server/api/http/hooks/hooks";

export const dynamic = "force-dynamic";

export { hookRoute as POST };
