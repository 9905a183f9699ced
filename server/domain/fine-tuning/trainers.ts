import { nanoid } from "nanoid";
import type { TrainerBase, TrainerCapabilities } from "@/runtime/fine-tuning/trainer/contract";
import { checkedBaseUrl } from "@/server/domain/endpoint/check-endpoint";
import { keyPlace } from "@/server/domain/endpoint/load-endpoints";
import { processState, secretBox } from "@/server/domain/endpoint/process-state";
import { endpointsChanged } from "@/server/domain/endpoint/workspace-gateway";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { editorProcedure, viewerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput, connectInput, tuningLimits } from "./fine-tuning.types";
import { openTrainer } from "./open-trainer";
import { asRefusal } from "./refuse-trainer";
import { createTrainerClient } from "./trainer-client";
import { isTrainerFailure } from "./trainer-failure";
import { findTrainer } from "./tuning-row";

export interface TrainerView {
  readonly id: string;
  readonly endpointId: string;
  readonly name: string;
  readonly capabilities: TrainerCapabilities | null;
  /** What stands in the way; null where it answers. */
  readonly problem: string | null;
}

const lookMs = 5_000;

/** The trainers with what they can do, asked now. */
export const listTrainers = viewerProcedure.query(async ({ ctx }): Promise<TrainerView[]> => {
  const { database, workspaceId } = ctx;
  const rows = await database.prisma.trainer.findMany({
    where: { workspaceId },
    orderBy: { createdAt: "asc" },
    take: tuningLimits.trainers,
  });
  const endpoints = await database.prisma.modelEndpoint.findMany({
    where: { workspaceId, id: { in: rows.map(({ endpointId }) => endpointId) } },
    select: { id: true, name: true },
  });
  return Promise.all(
    rows.map(async ({ id, endpointId }): Promise<TrainerView> => {
      const name = endpoints.find((endpoint) => endpoint.id === endpointId)?.name ?? "–";
      try {
        const trainer = await openTrainer(database, workspaceId, endpointId);
        return {
          id,
          endpointId,
          name,
          capabilities: await trainer.capabilities(AbortSignal.timeout(lookMs)),
          problem: null,
        };
      } catch (error) {
        if (!isTrainerFailure(error)) throw error;
        return { id, endpointId, name, capabilities: null, problem: error.message };
      }
    }),
  );
});

/** The base models of one trainer. */
export const listBases = viewerProcedure
  .input(byIdInput)
  .query(async ({ ctx, input, signal }): Promise<readonly TrainerBase[]> => {
    const { endpointId } = await findTrainer(ctx.database, ctx.workspaceId, input.id);
    try {
      return await (await openTrainer(ctx.database, ctx.workspaceId, endpointId)).bases(signal);
    } catch (error) {
      return asRefusal(error);
    }
  });

/** Adds a trainer that answers to this token. It becomes an endpoint, too, for it serves what it trained. */
export const connectTrainer = editorProcedure.input(connectInput).mutation(async ({ ctx, input, signal }) => {
  const { database, workspaceId, member } = ctx;
  const { prisma } = database;
  if ((await prisma.trainer.count({ where: { workspaceId } })) >= tuningLimits.trainers) {
    throw new ApplicationError("BAD_REQUEST", `A workspace has at most ${tuningLimits.trainers} trainers.`, {
      reason: "limit-reached",
      hint: "Remove one.",
    });
  }
  const given = checkedBaseUrl(input.address, "address").replace(/(?<!\/)\/+$/, "");
  const baseUrl = given.endsWith("/v1") ? given : `${given}/v1`;
  const headers = { authorization: `Bearer ${input.token}` };
  try {
    await createTrainerClient({ name: input.name, baseUrl, headers, fetch: processState().fetch }).capabilities(signal);
  } catch (error) {
    if (!isTrainerFailure(error)) throw error;
    const field = error.code === "unauthorized" ? "token" : "address";
    throw new ApplicationError("BAD_REQUEST", error.message, {
      reason: "input-invalid",
      fields: { [field]: error.message },
    });
  }
  const taken = new Set(
    (await prisma.modelEndpoint.findMany({ where: { workspaceId }, select: { slug: true } })).map(({ slug }) => slug),
  );
  let slug = "trainer";
  for (let count = 2; taken.has(slug); count += 1) slug = `trainer-${count}`;
  const endpointId = nanoid();
  const trainer = await prisma.$transaction(async (transaction) => {
    await transaction.modelEndpoint.create({
      data: {
        id: endpointId,
        workspaceId,
        name: input.name,
        slug,
        apiKeyCipher: secretBox().seal(input.token, keyPlace(endpointId)),
        // It answers one question at a time.
        maxConcurrency: 1,
        replicas: { create: [{ baseUrl }] },
      },
    });
    const made = await transaction.trainer.create({ data: { workspaceId, endpointId } });
    await recordAudit(
      { prisma: transaction },
      { member, action: "trainer.connect", subject: `trainer:${made.id}`, data: { name: input.name, slug } },
    );
    return made;
  });
  await endpointsChanged(workspaceId);
  return { id: trainer.id, endpointId };
});

/** Forgets a trainer; its endpoint stays, for pipelines may call it. */
export const disconnectTrainer = editorProcedure.input(byIdInput).mutation(async ({ ctx, input: { id } }) => {
  const { database, workspaceId, member } = ctx;
  await findTrainer(database, workspaceId, id);
  await database.prisma.trainer.deleteMany({ where: { id, workspaceId } });
  await recordAudit(database, { member, action: "trainer.disconnect", subject: `trainer:${id}`, data: {} });
  return { id };
});
