import { catalog } from "@/nodes";
import type { GraphDocument } from "@/runtime/graph/document";
import { graphHash } from "@/runtime/graph/hash";
import { compile } from "@/runtime/plan/compile";
import { isGuarded } from "@/server/domain/deployment/environment/environment.types";
import { currentCheck, liveRevisionOf } from "@/server/domain/gate/gate-state";
import { settleCheck } from "@/server/domain/gate/settle-check";
import type { AssumedLabel } from "@/server/domain/prompt/find-version";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import { settlePrompts } from "@/server/domain/revision/settle-prompts";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";

/** `moves`: nothing stands in its way. `broken`: the steps cannot take the version. All others: what its gate says. */
export type FollowState = "moves" | "broken" | "no-check" | "running" | "not-passed" | "failure";

/** A deployment that follows labels, and what it would serve. */
export interface Follower {
  readonly deploymentId: string;
  readonly slug: string;
  /** Paused, it goes along all the same and stays paused. */
  readonly active: boolean;
  readonly environment: string;
  readonly pipelineId: string;
  readonly pipelineName: string;
  /** What it serves now. */
  readonly revisionId: string;
  readonly state: FollowState;
  /** What stands in the way, in English; empty where nothing does. */
  readonly reason: string;
  readonly document: GraphDocument | null;
}

/** More follow one prompt than are looked at together; a label that so many follow is moved in parts of the library. */
export const mostFollowers = 200;

/** Deployments that follow labels and that would serve something else if the label pointed at that version, each with what its gate says of it. */
export const followersOf = async (
  database: Database,
  workspaceId: string,
  assumed: AssumedLabel,
): Promise<readonly Follower[]> => {
  const rows = await database.prisma.deployment.findMany({
    where: {
      workspaceId,
      followsPrompts: true,
      pipeline: { deletedAt: null },
      revision: { promptUses: { some: { promptId: assumed.promptId } } },
    },
    orderBy: { slug: "asc" },
    take: mostFollowers + 1,
    select: {
      id: true,
      slug: true,
      active: true,
      environment: true,
      pipelineId: true,
      pipeline: { select: { name: true } },
      revision: { select: { id: true, graphHash: true, document: true } },
    },
  });
  if (rows.length > mostFollowers) {
    throw new ApplicationError("BAD_REQUEST", `More than ${mostFollowers} deployments follow this prompt.`, {
      reason: "limit-reached",
      hint: "Have some of them hold another label, or no longer follow.",
    });
  }
  const followers: Follower[] = [];
  // One after the other: each document may be as large as one may be.
  for (const { id: deploymentId, slug, active, environment, pipelineId, pipeline, revision } of rows) {
    const own = {
      deploymentId,
      slug,
      active,
      environment,
      pipelineId,
      pipelineName: pipeline.name,
      revisionId: revision.id,
    };
    const settled = await settleOrSay(database, workspaceId, readStoredDocument(revision.document), assumed);
    if (typeof settled === "string") followers.push({ ...own, state: "broken", reason: settled, document: null });
    else if (graphHash(settled) !== revision.graphHash)
      followers.push({
        ...own,
        ...(isGuarded(environment)
          ? await stateOf(database, workspaceId, pipelineId, settled)
          : { state: "moves", reason: "" }),
        document: settled,
      });
  }
  return followers;
};

const settleOrSay = async (
  database: Database,
  workspaceId: string,
  document: GraphDocument,
  assumed: AssumedLabel,
): Promise<GraphDocument | string> => {
  try {
    const { variants: _, ...settled } = await settlePrompts(database.prisma, workspaceId, document, { assumed });
    const compiled = compile(settled, catalog);
    return compiled.ok ? settled : (compiled.error[0]?.message ?? "It cannot run.");
  } catch (error) {
    if (error instanceof ApplicationError) return error.message;
    throw error;
  }
};

/** What the pipeline's gate says of a document as it would be frozen. */
const stateOf = async (
  database: Database,
  workspaceId: string,
  pipelineId: string,
  document: GraphDocument,
): Promise<Pick<Follower, "state" | "reason">> => {
  const { prisma } = database;
  const open = { state: "moves", reason: "" } as const;
  const gate = await prisma.gate.findFirst({ where: { pipelineId, workspaceId, enabled: true } });
  if (gate === null) return open;
  const unseen = { state: "no-check", reason: "Its gate has not seen this version yet." } as const;
  const frozen = await prisma.revision.findUnique({
    where: { pipelineId_graphHash: { pipelineId, graphHash: graphHash(document) } },
    select: { id: true },
  });
  if (frozen === null) return unseen;
  if ((await liveRevisionOf(database, workspaceId, pipelineId)) === frozen.id) return open;
  const { check } = await currentCheck(database, gate, frozen.id);
  if (check === null) return unseen;
  const { state } = await settleCheck(database, gate, check);
  switch (state) {
    case "passed":
      return open;
    case "running":
      return { state, reason: "Its gate is checking this version." };
    case "not-passed":
      return { state, reason: "Its gate is not passed." };
    case "failure":
      return { state, reason: "Its gate could not be carried out." };
    default:
      return state satisfies never;
  }
};
