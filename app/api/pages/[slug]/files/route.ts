import { pageFileRoute } from "@/server/api/http/pages/routes";

export const dynamic = "force-dynamic";

export { pageFileRoute as POST };
