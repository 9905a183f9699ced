import { z } from "zod";
import { evalLimits } from "@/runtime/eval/contract/limits";
import { applyOverrides } from "@/runtime/graph/overrides";
import { freezeRevision } from "@/server/domain/revision/freeze-revision";
import { requireDraft } from "@/server/domain/revision/load-draft";
import { readDocument } from "@/server/domain/revision/read-document";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { identifier } from "@/server/platform/guard/identifier";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { findExperiment } from "./find-experiment";
import { storedSpec } from "./ready-experiment";

const input = z.strictObject({
  id: identifier,
  variant: z
    .int()
    .min(0)
    .max(evalLimits.variants - 1),
});

/**
 * Puts a variant into the pipeline's draft: its settings are laid over the draft as it is now, and a variant that is a whole revision takes its place.
 * The draft that was there is frozen as a revision first. `tested` says whether the draft is now just what the experiment ran.
 */
export const shipVariant = editorProcedure.input(input).mutation(async ({ ctx, input: { id, variant } }) => {
  const { database, workspaceId, member } = ctx;
  const { prisma } = database;
  const experiment = await findExperiment(database, workspaceId, id);
  const chosen = storedSpec(experiment.spec).variants[variant];
  if (chosen === undefined) throw notFound("variant");
  const own = { id: experiment.pipelineId, workspaceId, deletedAt: null };
  const draft = await requireDraft(database, workspaceId, experiment.pipelineId);
  const revision = await prisma.revision.findFirst({
    where: { id: chosen.revisionId, workspaceId },
    select: { graphHash: true, document: true },
  });
  if (revision === null) throw notFound("revision");
  const former = draft.document;
  const shipped =
    chosen.overrides.length > 0
      ? applyOverrides(former, chosen.overrides)
      : applyOverrides(readStoredDocument(revision.document), []);
  if (!shipped.ok) {
    throw new ApplicationError("BAD_REQUEST", `The draft has no step ${shipped.error.nodeId} any more.`, {
      reason: "input-invalid",
      hint: "The step that the variant changes was removed since. Make the change by hand.",
    });
  }
  const kept =
    former.variants === undefined
      ? shipped.value
      : { ...shipped.value, variants: variantsLeft(former.variants, shipped.value.nodes) };
  const { document, graphHash } = readDocument(kept);
  if (graphHash !== draft.graphHash) {
    await freezeRevision(database, draft, { reason: "before-ship", userId: member.userId });
    const saved = await prisma.pipeline.updateMany({
      where: { ...own, revision: draft.revision },
      data: { document, graphHash, revision: { increment: 1 } },
    });
    if (saved.count === 0) {
      throw new ApplicationError("CONFLICT", "This pipeline was changed elsewhere just now.", {
        reason: "stale-revision",
        hint: "Try again.",
      });
    }
    const shippedAs = { id: experiment.pipelineId, workspaceId, graphHash, document };
    await freezeRevision(database, shippedAs, { reason: "ship", userId: member.userId, note: chosen.label });
  }
  await recordAudit(database, {
    member,
    action: "experiment.ship",
    subject: `pipeline:${experiment.pipelineId}`,
    data: { experimentId: id, variant: chosen.key },
  });
  return { pipelineId: experiment.pipelineId, tested: graphHash === revision.graphHash };
});

/** Labelled variants of the steps that are still there. */
const variantsLeft = <Variants>(
  variants: Readonly<Record<string, Variants>>,
  nodes: readonly { readonly id: string }[],
): Record<string, Variants> => {
  const ids = new Set(nodes.map((node) => node.id));
  return Object.fromEntries(Object.entries(variants).filter(([node]) => ids.has(node)));
};
