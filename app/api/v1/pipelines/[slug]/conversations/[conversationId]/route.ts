import { eraseConversationRoute, readConversationRoute } from "@/server/api/http/published/conversations";

export const dynamic = "force-dynamic";

export { eraseConversationRoute as DELETE, readConversationRoute as GET };
