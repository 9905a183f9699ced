import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput, hasEnded } from "./job.types";
import { jobFields, jobView } from "./job-row";
import { liveJobsOf } from "./live-jobs";

/** How often the row is looked at where nothing was heard: another process may have the job. */
const lookAgainMs = 1_000;

/** The job as it is now, and after every change until it has ended. */
export const watchJob = viewerProcedure.input(byIdInput).subscription(async function* ({ ctx, input, signal }) {
  const { database, workspaceId } = ctx;
  const live = liveJobsOf(database);
  let heard = false;
  let wake = () => {};
  const notice = () => {
    heard = true;
    wake();
  };
  const leave = live.listen(input.id, notice);
  signal?.addEventListener("abort", notice, { once: true });
  let former = "";
  try {
    for (;;) {
      heard = false;
      const row = await database.prisma.job.findFirst({ where: { id: input.id, workspaceId }, select: jobFields });
      if (row === null) throw notFound("job");
      const view = jobView(row);
      const text = JSON.stringify(view);
      if (text !== former) yield view;
      former = text;
      if (hasEnded(view.status) || signal?.aborted) return;
      if (heard) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, lookAgainMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  } finally {
    signal?.removeEventListener("abort", notice);
    leave();
  }
});
