import { answerTrpc } from "@/server/answer-trpc";
import { guardRoute } from "@/server/guard/route";

export const dynamic = "force-dynamic";

export const GET = guardRoute({ auth: "public" }, answerTrpc);
export const POST = guardRoute({ auth: "public" }, answerTrpc);
