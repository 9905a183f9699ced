import { guardRoute } from "@/server/guard/route";
import { answerRun } from "@/server/published/answer-run";

export const dynamic = "force-dynamic";

export const POST = guardRoute({ auth: "api-key" }, answerRun);
