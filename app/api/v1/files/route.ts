import { keyUploadRoute } from "@/server/domain/file/routes";

export const dynamic = "force-dynamic";

export const POST = keyUploadRoute;
