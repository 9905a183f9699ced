import { keyUploadRoute } from "@/server/file/routes";

export const dynamic = "force-dynamic";

export const POST = keyUploadRoute;
