import { buildDocument } from "@/runtime/testing/build-document";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { watchPauses } from "@/server/domain/run/pause/watch-pauses";
import { recoverRuns } from "@/server/domain/run/recover-runs";
import type { Database } from "@/server/platform/db/database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";

type Config = Readonly<Record<string, unknown>>;

/** For tests: input -> people -> outputs `answer` and `refused`, with what the reviewers said. */
export const reviewDocument = (config: Config) =>
  buildDocument(
    {
      question: { type: "io/input", config: { fields: [{ name: "q", maxLength: 5000 }] } },
      people: { type: "flow/human-review", config: { title: "Look at this", ...config } as never },
      answer: {
        type: "io/output",
        config: { outputs: [{ name: "answer" }, { name: "refused" }, { name: "late" }, { name: "review" }] },
      },
    },
    [
      "question.q > people.value",
      "people.approved > answer.answer",
      "people.rejected > answer.refused",
      "people.timedOut > answer.late",
      "people.review > answer.review",
    ],
  );

/** For tests: a workspace with people, and runs that wait for them. */
export const inboxWorkspace = async (database: Database) => {
  const owner = await addMember(database, "owner");
  const [editor, second, viewer] = await Promise.all([
    addMember(database, "editor", owner.workspaceId),
    addMember(database, "editor", owner.workspaceId),
    addMember(database, "viewer", owner.workspaceId),
  ]);
  const api = callerOf(database, owner);
  const ended = async (runId: string) => {
    await liveRunsOf(database).get(runId)?.finished;
    return database.prisma.run.findUniqueOrThrow({ where: { id: runId } });
  };
  return {
    owner,
    editor,
    second,
    viewer,
    api,
    ended,
    as: (member: typeof owner) => callerOf(database, member),
    pipeline: async (config: Config) =>
      (await api.pipeline.create({ name: "Reviewed", document: reviewDocument(config) })).id,
    /** Starts one as the owner, and gives it and its task once it waits. */
    waiting: async (pipelineId: string, q = "We are sorry", by = owner) => {
      const { runId } = await callerOf(database, by).run.start({ pipelineId, revision: 1, inputs: { q } });
      await ended(runId);
      const task = await database.prisma.inboxTask.findFirstOrThrow({ where: { runId } });
      return { runId, id: task.id };
    },
    /** What the app does when it starts, on a process that remembers nothing. */
    restart: async () => {
      await watchPauses(database);
      await recoverRuns(database);
    },
  };
};
