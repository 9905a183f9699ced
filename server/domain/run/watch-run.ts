import { tracked } from "@trpc/server";
import { seesPersonalData } from "@/server/platform/guard/access";
import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { followRun } from "./follow-run";
import { maskQuestions } from "./pause/mask-question";
import { eventsInput } from "./run.types";

/** The events of a run from the beginning, or after the last one that arrived, and then as they come. */
export const watchRun = viewerProcedure.input(eventsInput).subscription(async function* ({ ctx, input, signal }) {
  const { database, workspaceId, member } = ctx;
  const run = await database.prisma.run.findFirst({ where: { id: input.runId, workspaceId }, select: { id: true } });
  if (run === null) throw notFound("run");
  const last = Number.parseInt(input.lastEventId ?? "", 10);
  const after = Number.isInteger(last) ? Math.max(-1, last) : -1;
  const seesAll = seesPersonalData(member.role);
  for await (const event of followRun(database, run.id, after, signal))
    yield tracked(String(event.seq), seesAll ? event : await maskQuestions(event));
});
