import { downloadRoute } from "@/server/file/routes";

export const dynamic = "force-dynamic";

export const GET = downloadRoute;
