import { pageRunRoute } from "@/server/api/http/pages/routes";

export const dynamic = "force-dynamic";

export { pageRunRoute as POST };
