import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import type { Report } from "@/runtime/eval/contract/report";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { identifier } from "@/server/platform/guard/identifier";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { findExperiment } from "./find-experiment";

const input = z.strictObject({ id: identifier, shared: z.boolean() });

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

/** Makes a link by which anybody may read the report, or ends the one there is. The token is shown once; only its hash is kept. */
export const shareExperiment = editorProcedure.input(input).mutation(async ({ ctx, input: { id, shared } }) => {
  const { database, workspaceId, member } = ctx;
  await findExperiment(database, workspaceId, id);
  const token = shared ? randomBytes(24).toString("base64url") : null;
  await database.prisma.experiment.updateMany({
    where: { id, workspaceId },
    data: { shareHash: token === null ? null : hashOf(token) },
  });
  await recordAudit(database, {
    member,
    action: shared ? "experiment.share" : "experiment.unshare",
    subject: `experiment:${id}`,
  });
  return { path: token === null ? null : `/reports/${token}` };
});

export interface SharedReport {
  readonly name: string;
  readonly pipeline: string;
  readonly dataset: string;
  readonly createdAt: Date;
  readonly report: Report;
}

/** Labels are words of rows and answers: what is told by them is for the workspace alone. */
const withoutLabels = (report: Report): Report => ({
  ...report,
  confusion: [],
  segments: report.segments.filter(({ kind }) => kind !== "label"),
  ...(report.interactions && { interactions: report.interactions.filter(({ kind }) => kind !== "label") }),
});

/** What the link shows: figures and names, no rows, no answers, no ids. null for a link that leads nowhere. */
export const readShared = async ({ prisma }: Database, token: string): Promise<SharedReport | null> => {
  if (!/^[\w-]{32}$/.test(token)) return null;
  const found = await prisma.experiment.findUnique({
    where: { shareHash: hashOf(token) },
    select: {
      name: true,
      createdAt: true,
      report: true,
      pipeline: { select: { name: true } },
      datasetVersion: { select: { number: true, dataset: { select: { name: true } } } },
    },
  });
  if (found === null || found.report === null) return null;
  const { name, createdAt, report, pipeline, datasetVersion } = found;
  return {
    name,
    createdAt,
    pipeline: pipeline.name,
    dataset: `${datasetVersion.dataset.name} · v${datasetVersion.number}`,
    report: withoutLabels(report as unknown as Report),
  };
};
