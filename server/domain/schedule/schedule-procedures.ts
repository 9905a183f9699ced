import type { Cron } from "croner";
import { fitInputs, servedNow } from "@/server/domain/deployment/queue-run";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { editorProcedure, viewerProcedure } from "@/server/platform/trpc/procedures";
import { nextTime, nextTimes, readCron } from "./cron-times";
import {
  byDeploymentInput,
  byIdInput,
  createInput,
  scheduleLimits as limits,
  previewInput,
  setActiveInput,
  updateInput,
} from "./schedule.types";
import { viewSchedules } from "./schedule-view";

const refuse = (field: string, message: string): ApplicationError =>
  new ApplicationError("BAD_REQUEST", message, { reason: "input-invalid", fields: { [field]: message } });

const requireCron = (pattern: string, timeZone: string): Cron => {
  const cron = readCron(pattern, timeZone);
  if (cron.ok) return cron.value;
  throw refuse(cron.error.includes("time zone") ? "timeZone" : "cron", cron.error);
};

const requireDeployment = async ({ prisma }: Database, workspaceId: string, id: string): Promise<void> => {
  const found = await prisma.deployment.findFirst({ where: { id, workspaceId }, select: { id: true } });
  if (found === null) throw notFound("deployment");
};

const requireSchedule = async ({ prisma }: Database, workspaceId: string, id: string) => {
  const found = await prisma.schedule.findFirst({ where: { id, workspaceId } });
  if (found === null) throw notFound("schedule");
  return found;
};

/** Inputs that the live version takes, as JSON. A deployment that is paused takes a schedule, too; one that cannot run does not. */
const fittingInputs = async (database: Database, deploymentId: string, inputs: unknown): Promise<string> => {
  const served = await servedNow(database, deploymentId);
  if (!served.ok) {
    if (served.error.code === "paused") return JSON.stringify(inputs);
    throw refuse("inputs", served.error.message);
  }
  const fitted = await fitInputs(database, served.value, inputs);
  if (!fitted.ok) throw refuse("inputs", fitted.error);
  return JSON.stringify(inputs);
};

/** All of a deployment, with why one would start nothing, and its next times. */
export const listSchedules = viewerProcedure
  .input(byDeploymentInput)
  .query(async ({ ctx: { database, workspaceId }, input: { deploymentId } }) => {
    await requireDeployment(database, workspaceId, deploymentId);
    const rows = await database.prisma.schedule.findMany({
      where: { deploymentId, workspaceId },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      take: limits.ofDeployment,
    });
    return viewSchedules(database, rows);
  });

/** The next times of a pattern, or what is wrong with it. */
export const previewTimes = viewerProcedure.input(previewInput).query(({ input: { cron: pattern, timeZone } }) => {
  const cron = readCron(pattern, timeZone);
  return cron.ok
    ? { times: nextTimes(cron.value, new Date(), limits.told), problem: null }
    : { times: [], problem: cron.error };
});

export const createSchedule = editorProcedure
  .input(createInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input: { deploymentId, inputs, ...input } }) => {
    await requireDeployment(database, workspaceId, deploymentId);
    const cron = requireCron(input.cron, input.timeZone);
    const stored = await fittingInputs(database, deploymentId, inputs);
    const { prisma } = database;
    const [own, all] = await Promise.all([
      prisma.schedule.count({ where: { deploymentId } }),
      prisma.schedule.count({ where: { workspaceId } }),
    ]);
    if (own >= limits.ofDeployment || all >= limits.ofWorkspace)
      throw new ApplicationError(
        "BAD_REQUEST",
        `There may be ${limits.ofDeployment} schedules of a deployment, and ${limits.ofWorkspace} of a workspace.`,
        { reason: "limit-reached", hint: "Remove one that nobody needs." },
      );
    const nextAt = nextTime(cron, new Date());
    const { id } = await prisma.schedule.create({
      data: { ...input, inputs: stored, nextAt, workspaceId, deploymentId, userId: member.userId },
      select: { id: true },
    });
    const data = { name: input.name, cron: input.cron, timeZone: input.timeZone };
    await recordAudit(database, { member, action: "schedule.create", subject: `schedule:${id}`, data });
    return { id };
  });

/** Changes it from its next time on. One that had stopped itself stays so until it is switched on. */
export const updateSchedule = editorProcedure
  .input(updateInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input: { id, inputs, ...input } }) => {
    const schedule = await requireSchedule(database, workspaceId, id);
    const cron = requireCron(input.cron, input.timeZone);
    const stored = await fittingInputs(database, schedule.deploymentId, inputs);
    await database.prisma.schedule.update({
      where: { id },
      data: {
        ...input,
        inputs: stored,
        countsFrom: new Date(),
        ...(schedule.active && { nextAt: nextTime(cron, new Date()) }),
      },
    });
    const data = { name: input.name, cron: input.cron, timeZone: input.timeZone };
    await recordAudit(database, { member, action: "schedule.update", subject: `schedule:${id}`, data });
    return { id };
  });

/** Pauses it, or takes it up again from the next time on: nothing is caught up with, and no failure counts. */
export const setScheduleActive = editorProcedure
  .input(setActiveInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input: { id, active } }) => {
    const schedule = await requireSchedule(database, workspaceId, id);
    const now = new Date();
    const nextAt = active ? nextTime(requireCron(schedule.cron, schedule.timeZone), now) : null;
    await database.prisma.schedule.update({
      where: { id },
      data: { active, nextAt, ...(active && { stopReason: null, countsFrom: now }) },
    });
    const action = active ? "schedule.resume" : "schedule.pause";
    await recordAudit(database, { member, action, subject: `schedule:${id}`, data: { name: schedule.name } });
    return { id, active };
  });

export const removeSchedule = editorProcedure
  .input(byIdInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input: { id } }) => {
    const { name } = await requireSchedule(database, workspaceId, id);
    await database.prisma.schedule.deleteMany({ where: { id, workspaceId } });
    await recordAudit(database, { member, action: "schedule.remove", subject: `schedule:${id}`, data: { name } });
    return {};
  });
