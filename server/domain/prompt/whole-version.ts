import { type ComposeProblem, sayComposeProblem } from "@/nodes/lib/prompt/compose-prompt";
import type { WholeVersion } from "@/nodes/lib/prompt/lay-over";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { composeContent } from "./compose-version";
import type { PromptTables } from "./find-prompt";
import { type AssumedLabel, findVersion } from "./find-version";

/** Why a version cannot be taken. */
type NotWhole = { readonly found: false } | { readonly found: true; readonly problem: ComposeProblem };

/** A version with the prompts that it includes, by id or slug and what stands behind the `@`. */
export const wholeVersion = async (
  prisma: PromptTables,
  workspaceId: string,
  by: { readonly id: string } | { readonly slug: string },
  at: string,
  assumed?: AssumedLabel,
): Promise<Result<WholeVersion, NotWhole>> => {
  const version = await findVersion(prisma, workspaceId, by, at, assumed);
  if (version === null) return fail({ found: false });
  const composed = await composeContent(prisma, workspaceId, version.slug, version.content, assumed);
  return composed.ok ? ok({ ...version, composed: composed.value }) : fail({ found: true, problem: composed.error });
};

export const sayNotWhole = (problem: NotWhole): string =>
  problem.found ? sayComposeProblem(problem.problem) : "There is no such prompt, label or version.";
