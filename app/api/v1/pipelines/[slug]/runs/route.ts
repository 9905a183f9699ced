import { runRoute } from "@/server/published/routes";

export const dynamic = "force-dynamic";

export { runRoute as POST };
