import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import { seesPersonalData } from "@/server/platform/guard/access";
import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { maskQuestions } from "./pause/mask-question";
import { byIdInput } from "./run.types";
import type { ratings } from "./run-feedback";
import { runFields, runListItem } from "./run-row";

/** A run as it was recorded: what ran, and everything that happened. What a step hides of what it asked is hidden here, too. */
export const getRun = viewerProcedure.input(byIdInput).query(async ({ ctx, input }) => {
  const row = await ctx.database.prisma.run.findFirst({
    where: { id: input.id, workspaceId: ctx.workspaceId },
    select: {
      ...runFields,
      revision: { select: { number: true, document: true } },
      feedback: { select: { rating: true, correction: true } },
    },
  });
  if (row === null) throw notFound("run");
  const { feedback, ...rest } = row;
  const { document, ...revision } = rest.revision;
  const log = await readRunLog(ctx.database, row.id);
  return {
    summary: runListItem({ ...rest, revision, feedback }),
    /** What a person thinks of its answer. */
    feedback: feedback as { readonly rating: (typeof ratings)[number]; readonly correction: string } | null,
    document: readStoredDocument(document),
    events: seesPersonalData(ctx.member.role) ? log : await Promise.all(log.map(maskQuestions)),
  };
});
