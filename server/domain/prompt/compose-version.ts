import { type ComposedPrompt, type ComposeProblem, composePrompt } from "@/nodes/lib/prompt/compose-prompt";
import type { PromptContent } from "@/nodes/lib/prompt/prompt-content";
import type { Result } from "@/runtime/graph/result";
import type { PromptTables } from "./find-prompt";
import { type AssumedLabel, findVersion } from "./find-version";

/** A content with the prompts of the workspace that it includes. */
export const composeContent = (
  prisma: PromptTables,
  workspaceId: string,
  slug: string,
  content: Pick<PromptContent, "system" | "user">,
  assumed?: AssumedLabel,
): Promise<Result<ComposedPrompt, ComposeProblem>> =>
  composePrompt(slug, content, (included, at) => findVersion(prisma, workspaceId, { slug: included }, at, assumed));
