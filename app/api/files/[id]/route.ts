import { downloadRoute } from "@/server/domain/file/routes";

export const dynamic = "force-dynamic";

export const GET = downloadRoute;
