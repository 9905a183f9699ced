import { uploadRoute } from "@/server/file/routes";

export const dynamic = "force-dynamic";

export const POST = uploadRoute;
