import type { Gate, GateCheck } from "@/generated/prisma/client";
import { type GateSpec, gateSpec } from "@/runtime/eval/gate/gate-spec";
import { hashJson } from "@/runtime/graph/hash";
import { freezeDataset } from "@/server/domain/dataset/freeze-dataset";
import type { Database } from "@/server/platform/db/database";

export const storedGateSpec = (gate: Pick<Gate, "spec">): GateSpec => gateSpec.parse(gate.spec);

/** SHA-256 of what a gate asks and of the rows that it asks it on, hex: a check holds as long as this is the same. */
export const gateHash = (gate: Pick<Gate, "spec">, contentHash: string): string =>
  hashJson([storedGateSpec(gate), contentHash]);

export const liveRevisionOf = async (
  { prisma }: Database,
  workspaceId: string,
  pipelineId: string,
): Promise<string | null> => {
  const live = await prisma.deployment.findFirst({
    where: { workspaceId, pipelineId, environment: "production" },
    orderBy: { publishedAt: "desc" },
    select: { revisionId: true },
  });
  return live?.revisionId ?? null;
};

/** The latest check of a revision by this gate as it is now, against what is live now; null where there is none. */
export const currentCheck = async (
  database: Database,
  gate: Gate,
  revisionId: string,
): Promise<{ readonly check: GateCheck | null; readonly hash: string; readonly baseline: string | null }> => {
  const { contentHash } = await freezeDataset(database, gate.workspaceId, gate.datasetId);
  const baseline = await liveRevisionOf(database, gate.workspaceId, gate.pipelineId);
  const hash = gateHash(gate, contentHash);
  const check = await database.prisma.gateCheck.findFirst({
    where: { gateId: gate.id, revisionId, baselineRevisionId: baseline, gateHash: hash },
    orderBy: { createdAt: "desc" },
  });
  return { check, hash, baseline };
};
