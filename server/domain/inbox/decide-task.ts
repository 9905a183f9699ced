import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { type DecisionRefusal, decide } from "./decide";
import { decideInput, decideManyInput, type InboxState, type Obstacle } from "./inbox.types";
import { readerOf } from "./reader-of";

const closed: Readonly<Record<InboxState, string>> = {
  open: "This is being answered by somebody else at this moment.",
  approved: "This was approved already; the first answer counts.",
  rejected: "This was rejected already; the first answer counts.",
  timedOut: "The time to answer this is over, and the run went on without.",
  withdrawn: "The run has ended meanwhile or went on without, so nobody is asked any more.",
};

/** Why somebody's answer is not taken, as an English sentence. */
export const obstacleText = (reason: Obstacle, state: InboxState): string => {
  switch (reason) {
    case "closed":
      return closed[state];
    case "late":
      return closed.timedOut;
    case "not-asked":
      return "This is for others to answer.";
    case "author":
      return "Whoever made or started what runs may not answer this.";
    case "twice":
      return "You have approved this already; somebody else has to as well.";
    case "reserved":
      return closed.open;
    default:
      return reason satisfies never;
  }
};

/** A refusal as the error that is answered. */
export const refusalOf = (refusal: DecisionRefusal): ApplicationError => {
  if (refusal.reason === "not-found") return notFound("task");
  if (refusal.reason === "invalid")
    return new ApplicationError("BAD_REQUEST", refusal.message, {
      reason: "input-invalid",
      fields: { [refusal.field]: refusal.message },
    });
  const { reason, state } = refusal;
  const message = obstacleText(reason, state);
  return reason === "closed" || reason === "late" || reason === "reserved"
    ? new ApplicationError("CONFLICT", message, { reason: "answered" })
    : new ApplicationError("FORBIDDEN", message, { reason: "not-asked" });
};

/** One person's answer. A viewer is let in: the step says who is asked. */
export const decideTask = viewerProcedure
  .input(decideInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input: { id, ...decision } }) => {
    const reviewer = await readerOf(database, member);
    const decided = await decide(database, workspaceId, id, { reviewer, decision, via: "inbox" });
    if (!decided.ok) throw refusalOf(decided.error);
    return decided.value;
  });

/** The same answer to many, each for itself: what is refused stays, with why. */
export const decideTasks = viewerProcedure
  .input(decideManyInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input: { ids, action, note } }) => {
    const own = { id: { in: ids }, workspaceId };
    if ((await database.prisma.inboxTask.findFirst({ where: own, select: { id: true } })) === null)
      throw notFound("task");
    const reviewer = await readerOf(database, member);
    const results: { readonly id: string; readonly message: string | null }[] = [];
    for (const id of new Set(ids)) {
      const decided = await decide(database, workspaceId, id, { reviewer, decision: { action, note }, via: "inbox" });
      results.push({ id, message: decided.ok ? null : refusalOf(decided.error).message });
    }
    return { results };
  });
