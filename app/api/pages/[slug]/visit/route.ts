import { visitRoute } from "@/server/api/http/pages/routes";

export const dynamic = "force-dynamic";

export { visitRoute as POST };
