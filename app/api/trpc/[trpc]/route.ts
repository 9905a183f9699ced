import { answerTrpc } from "@/server/api/trpc/answer-trpc";
import { guardRoute } from "@/server/platform/route/route";

export const dynamic = "force-dynamic";

export const GET = guardRoute({ auth: "public" }, answerTrpc);
export const POST = guardRoute({ auth: "public" }, answerTrpc);
