import { z } from "zod";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { identifier } from "@/server/platform/guard/identifier";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { runFeedback } from "./run-feedback";

/** Says what a person thinks of a run's answer. Refuses a run that has not ended. */
export const rateRun = editorProcedure
  .input(z.strictObject({ id: identifier, ...runFeedback }))
  .mutation(async ({ ctx: { database, workspaceId, member }, input: { id, rating, correction } }) => {
    const { prisma } = database;
    const run = await prisma.run.findFirst({ where: { id, workspaceId }, select: { status: true } });
    if (run === null) throw notFound("run");
    if (run.status === "running" || run.status === "paused")
      throw new ApplicationError("BAD_REQUEST", "The run has not ended yet, so there is no answer to rate.", {
        reason: "input-invalid",
        hint: "Wait for its end.",
      });
    if (rating === null) await prisma.runFeedback.deleteMany({ where: { runId: id, workspaceId } });
    else {
      const said = { rating, correction, userId: member.userId };
      await prisma.runFeedback.upsert({
        where: { runId: id, workspaceId },
        create: { runId: id, workspaceId, ...said },
        update: said,
      });
    }
    return { rating, correction: rating === null ? "" : correction };
  });
