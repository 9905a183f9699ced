import { readPromptRoute } from "@/server/api/http/prompts/read-prompt";

export const dynamic = "force-dynamic";

export { readPromptRoute as GET };
