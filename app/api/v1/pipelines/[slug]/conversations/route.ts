import { eraseUserRoute } from "@/server/api/http/published/conversations";

export const dynamic = "force-dynamic";

export { eraseUserRoute as DELETE };
