import { recordAudit } from "@/server/audit/record-audit";
import { ApplicationError, notFound } from "@/server/guard/application-error";
import { editorProcedure } from "@/server/trpc";
import { acceptJudgeInput } from "./experiment.types";
import { findExperiment } from "./find-experiment";
import { agreementsOf } from "./judge-agreements";
import { makeReport } from "./make-report";

/** Lets a judge's scores count for the verdict, or takes that back. Refused before people have labelled enough of the answers for its agreement to be known. */
export const acceptJudge = editorProcedure.input(acceptJudgeInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const { id, scorerId, accepted } = input;
  const agreement = (await agreementsOf(database, workspaceId, id))[scorerId];
  if (agreement === undefined) throw notFound("judge");
  const { labelled, kappa, least } = agreement;
  if (accepted && labelled < least) {
    throw new ApplicationError(
      "BAD_REQUEST",
      `People have labelled ${labelled} of the answers that the judge has graded; it takes ${least} before it can be accepted.`,
      { reason: "limit-reached", hint: "Label more answers on the review page." },
    );
  }
  const { judges } = await findExperiment(database, workspaceId, id);
  const entry = { accepted, labelled, kappa, userId: member.userId, at: new Date().toISOString() };
  await database.prisma.experiment.updateMany({
    where: { id, workspaceId },
    data: { judges: { ...(judges as object), [scorerId]: entry } },
  });
  await recordAudit(database, {
    member,
    action: accepted ? "experiment.accept-judge" : "experiment.withdraw-judge",
    subject: `experiment:${id}`,
    data: { scorerId, labelled, kappa },
  });
  await makeReport(database, workspaceId, id);
  return { accepted };
});
