import { guardRoute } from "@/server/guard/route";
import { resumeStream } from "@/server/published/resume-stream";

export const dynamic = "force-dynamic";

export const GET = guardRoute({ auth: "api-key" }, resumeStream);
