import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { acceptJudgeInput } from "./experiment.types";
import { findExperiment } from "./find-experiment";
import { agreementsOf } from "./judge-agreements";
import { makeReport } from "./make-report";

/** Lets a judge's scores count for the verdict, or takes that back. Refused before people have labelled enough of the answers, and where the lower bound of its agreement with them is no better than slight. */
export const acceptJudge = editorProcedure.input(acceptJudgeInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const { id, scorerId, accepted } = input;
  const agreement = (await agreementsOf(database, workspaceId, id))[scorerId];
  if (agreement === undefined) throw notFound("judge");
  const { labelled, kappa, low, high, least, leastKappa, acceptable } = agreement;
  if (accepted && labelled < least) {
    throw new ApplicationError(
      "BAD_REQUEST",
      `People have labelled ${labelled} of the answers that the judge has graded; it takes ${least} before it can be accepted.`,
      { reason: "limit-reached", hint: "Label more answers on the review page." },
    );
  }
  if (accepted && !acceptable) {
    const seen =
      kappa === null || low === null || high === null
        ? "The labels are too much alike to tell agreement from chance."
        : `Kappa is ${kappa.toFixed(2)}, and may be anything from ${low.toFixed(2)} to ${high.toFixed(2)}.`;
    throw new ApplicationError(
      "BAD_REQUEST",
      `People and the judge do not surely agree. ${seen} The lower bound must be above ${leastKappa}.`,
      { reason: "limit-reached", hint: "Label more answers, or mend the judge's criteria." },
    );
  }
  const { judges } = await findExperiment(database, workspaceId, id);
  const entry = { accepted, labelled, kappa, low, userId: member.userId, at: new Date().toISOString() };
  await database.prisma.experiment.updateMany({
    where: { id, workspaceId },
    data: { judges: { ...(judges as object), [scorerId]: entry } },
  });
  await recordAudit(database, {
    member,
    action: accepted ? "experiment.accept-judge" : "experiment.withdraw-judge",
    subject: `experiment:${id}`,
    data: { scorerId, labelled, kappa, low },
  });
  await makeReport(database, workspaceId, id);
  return { accepted };
});
