import { z } from "zod";
import { promptContent } from "@/nodes/lib/prompt/prompt-content";
import { type FiledPrompt, filedPrompt, mostInFile } from "@/nodes/lib/prompt/prompt-file";
import { promptFolder } from "@/nodes/lib/prompt/prompt-name";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import type { Member } from "@/server/platform/guard/member";
import { isStorable } from "@/server/platform/guard/storable";
import { editorProcedure, viewerProcedure } from "@/server/platform/trpc/procedures";
import { makePrompt } from "./create-prompt";
import { keepVersion } from "./save-version";
import { readContent } from "./version-content";

/** Prompts of one call; a larger file comes in parts. */
const mostAtOnce = 100;

const importInput = z.strictObject({
  prompts: z
    .array(filedPrompt.refine(isStorable, "A text holds a NUL character or half of a character pair."))
    .min(1)
    .max(mostAtOnce),
});
const exportInput = z.strictObject({
  /** Prompts in this folder and those below it; empty: all. */
  folder: promptFolder.default(""),
});

export interface Imported {
  readonly slug: string;
  /** `versioned`: it was there, and the file's words became its next version. */
  readonly outcome: "created" | "versioned" | "same" | "refused";
  /** Why it was refused, in English; empty otherwise. */
  readonly reason: string;
}

/**
 * Takes prompts out of a file: new ones are made, of one that is there the words become its next version where they differ from its newest. No label of one that is there moves. Prompts that include
 * others of the file wait for them.
 */
export const importPrompts = editorProcedure.input(importInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const results = new Map<string, Imported>();
  let waiting: readonly FiledPrompt[] = input.prompts;
  while (waiting.length > 0) {
    const refused: FiledPrompt[] = [];
    for (const prompt of waiting) {
      const result = await takeOne(database, workspaceId, member, prompt);
      results.set(prompt.slug, result);
      if (result.outcome === "refused") refused.push(prompt);
    }
    // What one waits for may have come behind it; without any progress it never comes.
    if (refused.length === waiting.length) break;
    waiting = refused;
  }
  const imported = [...results.values()];
  await recordAudit(database, {
    member,
    action: "prompt.import",
    subject: `workspace:${workspaceId}`,
    data: {
      created: imported.filter(({ outcome }) => outcome === "created").length,
      versioned: imported.filter(({ outcome }) => outcome === "versioned").length,
    },
  });
  return { imported };
});

const takeOne = async (
  { prisma }: Database,
  workspaceId: string,
  member: Member,
  { slug, content, kind, ...told }: FiledPrompt,
): Promise<Imported> => {
  const done = (outcome: Imported["outcome"], reason = ""): Imported => ({ slug, outcome, reason });
  try {
    return await prisma.$transaction(async (transaction) => {
      const there = await transaction.prompt.findFirst({
        where: { workspaceId, slug },
        select: { id: true, kind: true, newest: true },
      });
      if (there === null) {
        const made = await makePrompt(transaction, workspaceId, member.userId, {
          ...told,
          slug,
          kind,
          content,
          note: "",
        });
        await recordAudit(
          { prisma: transaction },
          { member, action: "prompt.create", subject: `prompt:${made.id}`, data: { name: told.name, slug } },
        );
        return done("created");
      }
      if (there.kind !== kind) return done("refused", `There is a prompt "${slug}" of another kind, ${there.kind}.`);
      const { id, newest } = there;
      const { hash } = await readContent(transaction, workspaceId, { slug, kind }, content);
      const present = await transaction.promptVersion.findFirst({
        where: { promptId: id, workspaceId, number: newest },
        select: { hash: true },
      });
      if (present?.hash === hash) return done("same");
      await keepVersion(transaction, workspaceId, member, { id, parent: newest, newest, content, note: "" });
      return done("versioned");
    });
  } catch (error) {
    if (error instanceof ApplicationError) return done("refused", error.message);
    throw error;
  }
};

/** The newest version of every prompt of a folder, for a file. Refuses more than a file holds. */
export const exportPrompts = viewerProcedure.input(exportInput).query(async ({ ctx, input: { folder } }) => {
  const { prisma } = ctx.database;
  const { workspaceId } = ctx;
  const rows = await prisma.prompt.findMany({
    where: { workspaceId, ...(folder === "" ? {} : { OR: [{ folder }, { folder: { startsWith: `${folder}/` } }] }) },
    orderBy: { slug: "asc" },
    take: mostInFile + 1,
    select: {
      id: true,
      slug: true,
      name: true,
      kind: true,
      folder: true,
      taskType: true,
      tags: true,
      notes: true,
      newest: true,
    },
  });
  if (rows.length > mostInFile) {
    throw new ApplicationError("BAD_REQUEST", `A file holds at most ${mostInFile} prompts.`, {
      reason: "limit-reached",
      hint: "Export folder by folder.",
    });
  }
  const prompts: FiledPrompt[] = [];
  for (const { id, newest, ...told } of rows) {
    const version = await prisma.promptVersion.findFirst({
      where: { promptId: id, workspaceId, number: newest },
      select: { content: true },
    });
    if (version !== null) prompts.push({ ...told, content: promptContent.parse(version.content) });
  }
  return { prompts };
});
