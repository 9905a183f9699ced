import { z } from "zod";
import { endpointsChanged } from "@/server/domain/endpoint/workspace-gateway";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { deployInput, storedRequest, type TuningResult } from "./fine-tuning.types";
import { openReplicas } from "./open-trainer";
import { asRefusal } from "./refuse-trainer";
import { createServerClient, type ServerAnswer } from "./server-client";
import { findTuning } from "./tuning-row";

/** What one server of an endpoint said. */
export interface ReplicaReport {
  readonly baseUrl: string;
  readonly loaded: boolean;
  /** Its answer to the smoke question. */
  readonly answer: string | null;
  readonly problem: string | null;
}
export interface DeployReport {
  readonly deployed: boolean;
  readonly servedAs: string | null;
  readonly question: string;
  readonly replicas: readonly ReplicaReport[];
}

const unfit = (field: string, message: string, hint?: string) =>
  new ApplicationError("BAD_REQUEST", message, {
    reason: "input-invalid",
    fields: { [field]: message },
    ...(hint && { hint }),
  });

/**
 * Loads what was trained on every server of an endpoint and asks each one question. Only where all answer is the version served under the name; else those that
 * loaded it unload it again, and the report says which server said what.
 */
export const deployTuning = editorProcedure
  .input(deployInput)
  .mutation(async ({ ctx, input }): Promise<DeployReport> => {
    const { database, workspaceId, member } = ctx;
    const tuning = await findTuning(database, workspaceId, input.id);
    const { versionId, remoteId } = tuning;
    const result = tuning.result as TuningResult | null;
    if (tuning.status !== "done" || versionId === null || result === null)
      throw unfit("id", "This training has made no version yet.");
    const { samplePrompts, method, settings } = storedRequest.parse(tuning.request);
    const { slug, replicas } = await openReplicas(database, workspaceId, input.endpointId).catch(asRefusal);
    const isTrainer = input.endpointId === tuning.endpointId;
    if (!isTrainer && ["full", "frozen", "prefix", "p-tuning-v2", "prompt"].includes(method)) {
      throw unfit(
        "endpointId",
        `vLLM loads low-rank adapters while it runs, not what ${method} makes.`,
        "Serve it on the trainer, or start a server with the merged weights and register that.",
      );
    }
    const path = isTrainer ? remoteId : (input.path ?? result.folder);
    if (path === null)
      throw unfit("path", "The trainer did not say where the files lie.", "Name their folder as the server sees it.");
    const servers = replicas.map(({ address }) => createServerClient(address));
    const question = samplePrompts[0] ?? "Hello";
    const loads = await Promise.all(
      servers.map((server) => server.load(input.servedName, path, { rank: settings.rank })),
    );
    const asked = await Promise.all(
      servers.map(
        (server, place): Promise<ServerAnswer> =>
          loads[place]?.ok ? server.ask(input.servedName, question) : Promise.resolve({ ok: false, problem: "" }),
      ),
    );
    const reports = replicas.map(({ baseUrl }, place): ReplicaReport => {
      const [load, answer] = [loads[place], asked[place]];
      const problem = load?.ok ? (answer?.ok ? null : (answer?.problem ?? null)) : (load?.problem ?? null);
      return { baseUrl, loaded: load?.ok ?? false, answer: answer?.ok ? answer.text : null, problem };
    });
    if (reports.length === 0 || reports.some(({ problem }) => problem !== null)) {
      // What was there before under this name is not ours to unload.
      await Promise.all(
        servers.map((server, place) =>
          loads[place]?.ok && !loads[place]?.before ? server.unload(input.servedName) : undefined,
        ),
      );
      return { deployed: false, servedAs: null, question, replicas: reports };
    }
    const servedAs = `${slug}/${input.servedName}`;
    await database.prisma.$transaction(async (prisma) => {
      await prisma.endpointModel.upsert({
        where: { endpointId_name: { endpointId: input.endpointId, name: input.servedName } },
        create: { endpointId: input.endpointId, name: input.servedName, chat: true },
        update: { chat: true },
      });
      await prisma.modelEndpoint.updateMany({
        where: { id: input.endpointId, workspaceId },
        data: { updatedAt: new Date() },
      });
      await prisma.tunedModelVersion.updateMany({ where: { id: versionId, workspaceId }, data: { servedAs } });
      await recordAudit(
        { prisma },
        {
          member,
          action: "tuning.deploy",
          subject: `tuning:${tuning.id}`,
          data: { servedAs, replicas: reports.length },
        },
      );
    });
    await endpointsChanged(workspaceId);
    return { deployed: true, servedAs, question, replicas: reports };
  });

/** Takes a served training off its servers, unless a version of a model that is in production still answers by it. */
export const undeployTuning = editorProcedure
  .input(z.strictObject({ id: deployInput.shape.id }))
  .mutation(async ({ ctx, input }) => {
    const { database, workspaceId, member } = ctx;
    const tuning = await findTuning(database, workspaceId, input.id);
    const version =
      tuning.versionId === null
        ? null
        : await database.prisma.tunedModelVersion.findFirst({ where: { id: tuning.versionId, workspaceId } });
    const servedAs = version?.servedAs ?? null;
    if (version === null || servedAs === null) throw unfit("id", "It is served nowhere.");
    if (version.stage === "production") {
      throw new ApplicationError("CONFLICT", "This version is in production.", {
        reason: "in-use",
        hint: "Put another version into production first.",
      });
    }
    const others = await database.prisma.tunedModelVersion.count({
      where: { workspaceId, servedAs, id: { not: version.id } },
    });
    const [slug = "", ...rest] = servedAs.split("/");
    const name = rest.join("/");
    const endpoint = await database.prisma.modelEndpoint.findFirst({
      where: { workspaceId, slug },
      select: { id: true },
    });
    if (others === 0 && endpoint !== null) {
      const { replicas } = await openReplicas(database, workspaceId, endpoint.id).catch(asRefusal);
      await Promise.all(replicas.map(({ address }) => createServerClient(address).unload(name)));
      await database.prisma.endpointModel.deleteMany({ where: { endpointId: endpoint.id, name } });
      await database.prisma.modelEndpoint.updateMany({
        where: { id: endpoint.id, workspaceId },
        data: { updatedAt: new Date() },
      });
    }
    await database.prisma.tunedModelVersion.updateMany({
      where: { id: version.id, workspaceId },
      data: { servedAs: null },
    });
    await recordAudit(database, {
      member,
      action: "tuning.undeploy",
      subject: `tuning:${tuning.id}`,
      data: { servedAs },
    });
    await endpointsChanged(workspaceId);
    return { id: tuning.id };
  });
