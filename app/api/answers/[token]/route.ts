import { answerRoute } from "@/server/api/http/answers/answer-by-link";

export const dynamic = "force-dynamic";

export { answerRoute as POST };
