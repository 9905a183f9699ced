import { includesOf } from "@/nodes/lib/prompt/compose-prompt";
import { promptContent } from "@/nodes/lib/prompt/prompt-content";
import type { Transaction } from "./find-prompt";

/** Where a prompt, or one version of it, is still needed. */
export interface NeededBy {
  readonly kind: "label" | "pipeline" | "deployment" | "prompt";
  readonly name: string;
}

/** Rows that are read at once, and found ones after which no more are read: a refusal names a few. */
const page = 100;
const enough = 20;

/** Of rows that may fit, those that do: page by page to the last, so that none is missed behind others that only look alike. */
const firstFitting = async <Row>(
  read: (from: number) => Promise<readonly Row[]>,
  fits: (row: Row) => boolean,
): Promise<readonly Row[]> => {
  const found: Row[] = [];
  for (let from = 0; found.length < enough; from += page) {
    const rows = await read(from);
    found.push(...rows.filter(fits));
    if (rows.length < page) break;
  }
  return found;
};

/** A pattern of Postgres for a tag that includes the slug, in a text that stands in JSON, where a tab is written `\\t`. A slug holds no sign of patterns. */
export const includePattern = (slug: string): string => `\\{\\{>( |\\\\t)*${slug}(@| |\\}|\\\\t)`;

/**
 * What needs a prompt, or one version of it: labels that point at the version, drafts and other prompts that name it, deployments whose live version was made with
 * it. The first ones, as many as a refusal names.
 */
export const neededBy = async (
  prisma: Transaction,
  workspaceId: string,
  { id, slug, number }: { readonly id: string; readonly slug: string; readonly number: number | null },
): Promise<readonly NeededBy[]> => {
  const labels =
    number === null
      ? []
      : await prisma.promptLabel.findMany({ where: { promptId: id, workspaceId, number }, select: { name: true } });
  const drafts = (from: number) => prisma.$queryRaw<{ name: string; document: unknown }[]>`
    SELECT "name", "document" FROM "Pipeline"
    WHERE "workspaceId" = ${workspaceId} AND "deletedAt" IS NULL AND strpos("document"::text, ${`"${id}"`}) > 0
    ORDER BY "name", "id" LIMIT ${page} OFFSET ${from}`;
  const pinned = await firstFitting(drafts, ({ document }) => number === null || namesVersion(document, id, number));
  const live = await prisma.deployment.findMany({
    where: {
      workspaceId,
      active: true,
      revision: { promptUses: { some: { promptId: id, ...(number === null ? {} : { number }) } } },
    },
    select: { slug: true },
    take: page,
  });
  const versions = (from: number) => prisma.$queryRaw<{ name: string; content: unknown }[]>`
    SELECT p."name", v."content" FROM "PromptVersion" v JOIN "Prompt" p ON p."id" = v."promptId"
    WHERE v."workspaceId" = ${workspaceId} AND p."id" <> ${id} AND v."content"::text ~ ${includePattern(slug)}
      AND (v."number" = p."newest" OR EXISTS (
        SELECT 1 FROM "PromptLabel" l WHERE l."promptId" = p."id" AND l."number" = v."number"))
    ORDER BY p."name", p."id", v."number" LIMIT ${page} OFFSET ${from}`;
  const including = await firstFitting(versions, ({ content }) => {
    const { system, user } = promptContent.parse(content);
    return [...includesOf(system), ...includesOf(user)].some(
      (include) => include.slug === slug && (number === null || include.at === String(number)),
    );
  });
  return [
    ...labels.map(({ name }) => ({ kind: "label" as const, name })),
    ...pinned.map(({ name }) => ({ kind: "pipeline" as const, name })),
    ...live.map(({ slug: name }) => ({ kind: "deployment" as const, name })),
    ...[...new Set(including.map(({ name }) => name))].map((name) => ({ kind: "prompt" as const, name })),
  ];
};

/** Whether a step of a document holds just this version, by its number. Does not recurse, so that depth is no danger. */
const namesVersion = (document: unknown, id: string, number: number): boolean => {
  const open: unknown[] = [document];
  while (open.length > 0) {
    const current = open.pop();
    if (typeof current !== "object" || current === null) continue;
    const { reference, label, version } = current as { reference?: unknown; label?: unknown; version?: unknown };
    if (reference === id && label === "" && version === number) return true;
    for (const item of Object.values(current)) open.push(item);
  }
  return false;
};
