import { randomUUID } from "node:crypto";
import type { Prisma } from "@/generated/prisma/client";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import type { JobDefinition } from "./define-job";
import { jobLimits } from "./job.types";
import { liveJobsOf } from "./live-jobs";

export interface JobStart<Input> {
  readonly workspaceId: string;
  /** null where the app itself starts it. */
  readonly userId: string | null;
  /** What it works on, e.g. `knowledge-base:<id>`; jobs are listed by it. */
  readonly subject: string;
  readonly definition: JobDefinition<Input>;
  readonly input: Input;
}

/** Writes the job down and hands it to the queue; resolves with its id, not with its end. */
export const startJob = async <Input>(database: Database, start: JobStart<Input>): Promise<string> => {
  const { workspaceId, userId, subject, definition, input } = start;
  const open = await database.prisma.job.count({ where: { workspaceId, status: { in: ["queued", "running"] } } });
  if (open >= jobLimits.open) {
    throw new ApplicationError("TOO_MANY_REQUESTS", `${open} jobs are waiting or under way already.`, {
      reason: "limit-reached",
      hint: "Wait for one to end, or cancel one.",
    });
  }
  const { id } = await database.prisma.job.create({
    data: {
      id: randomUUID(),
      workspaceId,
      userId,
      kind: definition.kind,
      subject,
      input: definition.input.parse(input) as Prisma.InputJsonValue,
    },
    select: { id: true },
  });
  await liveJobsOf(database).handOut({ id, workspaceId });
  return id;
};
