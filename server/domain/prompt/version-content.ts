import { sayComposeProblem } from "@/nodes/lib/prompt/compose-prompt";
import { type PromptContent, type PromptKind, withVariables } from "@/nodes/lib/prompt/prompt-content";
import { hashJson } from "@/runtime/graph/hash";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { composeContent } from "./compose-version";
import type { PromptTables } from "./find-prompt";

/** SHA-256 of what a version says, hex: two versions with the same one are the same. */
export const versionHash = (kind: PromptKind, content: PromptContent): string => hashJson([kind, content]);

const refuse = (message: string, hint: string): ApplicationError =>
  new ApplicationError("BAD_REQUEST", message, { reason: "input-invalid", hint, fields: { content: message } });

/**
 * A content ready to be kept: each variable that its texts use has its row. Refuses what a kind does not have, one that says nothing, and one that cannot be put together with
 * the prompts that it includes.
 */
export const readContent = async (
  prisma: PromptTables,
  workspaceId: string,
  { slug, kind }: { readonly slug: string; readonly kind: PromptKind },
  content: PromptContent,
): Promise<{ readonly content: PromptContent; readonly hash: string }> => {
  if (kind !== "chat" && (content.system !== "" || content.examples.length > 0)) {
    throw refuse(
      "Instructions and examples belong to chat prompts.",
      "Make it a chat prompt, or put all of it into the one text.",
    );
  }
  if (content.system.trim() === "" && content.user.trim() === "")
    throw refuse("The prompt says nothing yet.", "Write its text, then save.");
  const composed = await composeContent(prisma, workspaceId, slug, content);
  if (!composed.ok)
    throw refuse(sayComposeProblem(composed.error), "Correct the tag {{> name@label}}, or change the prompt it names.");
  const whole = withVariables(content);
  return { content: whole, hash: versionHash(kind, whole) };
};
