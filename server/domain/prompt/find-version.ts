import { type PromptContent, type PromptKind, promptContent } from "@/nodes/lib/prompt/prompt-content";
import { latestLabel, readPoint } from "@/nodes/lib/prompt/prompt-name";
import type { PromptTables } from "./find-prompt";

/** One version, by whichever name it was asked for. */
export interface FoundVersion {
  readonly promptId: string;
  readonly slug: string;
  readonly name: string;
  readonly kind: PromptKind;
  readonly number: number;
  readonly hash: string;
  readonly content: PromptContent;
  /** The label that it was found by; empty where its number was named. */
  readonly label: string;
}

/** A label, and the version that it is taken to point at: what would be if it moved. */
export interface AssumedLabel {
  readonly promptId: string;
  readonly label: string;
  readonly version: number;
}

/**
 * The version that `at` names: its number, or a label that points at it. null where this workspace has no such prompt, label or version; never another one in its
 * place. `by` is the id or the slug.
 */
export const findVersion = async (
  prisma: PromptTables,
  workspaceId: string,
  by: { readonly id: string } | { readonly slug: string },
  at: string,
  assumed?: AssumedLabel,
): Promise<FoundVersion | null> => {
  const point = readPoint(at);
  if (point === null) return null;
  const prompt = await prisma.prompt.findFirst({ where: { ...by, workspaceId } });
  if (prompt === null) return null;
  const number =
    "version" in point
      ? point.version
      : assumed?.promptId === prompt.id && assumed.label === point.label
        ? assumed.version
        : point.label === latestLabel
          ? prompt.newest
          : (await prisma.promptLabel.findFirst({ where: { promptId: prompt.id, workspaceId, name: point.label } }))
              ?.number;
  if (number === undefined) return null;
  const version = await prisma.promptVersion.findFirst({ where: { promptId: prompt.id, workspaceId, number } });
  if (version === null) return null;
  const { id: promptId, slug, name, kind } = prompt;
  return {
    promptId,
    slug,
    name,
    kind,
    number,
    hash: version.hash,
    content: promptContent.parse(version.content),
    label: "label" in point ? point.label : "",
  };
};
