import type { z } from "zod";
import type { GraphDocument } from "@/runtime/graph/document";
import { applyOverrides } from "@/runtime/graph/overrides";
import { applyVariants } from "@/runtime/graph/variants";
import type { Plan } from "@/runtime/plan/plan";
import type { RunVariant } from "@/runtime/run/events";
import { compileOrRefuse } from "@/server/domain/revision/compile-or-refuse";
import { withOverriddenPrompts } from "@/server/domain/revision/freeze-draft";
import { requireDraft } from "@/server/domain/revision/load-draft";
import { readDocument } from "@/server/domain/revision/read-document";
import { requireRevision } from "@/server/domain/revision/require-revision";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import type { startInput } from "./run.types";

type Changes = Pick<z.output<typeof startInput>, "variants" | "overrides">;

export interface DraftAsked extends Changes {
  readonly pipelineId: string;
  /** The revision of the saved draft that the person sees; left out: whichever is saved. */
  readonly revision?: number;
}

export interface DraftToRun {
  readonly pipeline: { readonly id: string; readonly name: string; readonly graphHash: string };
  /** With the variants and settings laid over it. */
  readonly document: GraphDocument;
  readonly graphHash: string;
  readonly variants: readonly RunVariant[];
  readonly plan: Plan;
  /** Pinned outputs of the draft. */
  readonly pins: GraphDocument["pins"];
}

/** The saved draft as it would run, with variants and other settings of some of its steps. Refuses one that was changed elsewhere, or cannot run. */
export const draftToRun = async (database: Database, workspaceId: string, asked: DraftAsked): Promise<DraftToRun> => {
  const draft = await requireDraft(database, workspaceId, asked.pipelineId);
  if (asked.revision !== undefined) requireRevision(draft, asked.revision, "run it");
  const { id, name } = draft;
  const { document, graphHash, variants } = await draftWith(database, workspaceId, draft, asked);
  const plan = compileOrRefuse(document, "it can run");
  const { pins } = draft.document;
  return { pipeline: { id, name, graphHash: draft.graphHash }, document, graphHash, variants, plan, pins };
};

const refuse = (field: "variants" | "overrides", what: string): ApplicationError =>
  new ApplicationError("BAD_REQUEST", `The pipeline has no ${what}.`, {
    reason: "input-invalid",
    fields: { [field]: `There is no ${what}.` },
  });

/** What runs is frozen as a revision of its own, so what was laid over is read as anything that comes from outside. */
const draftWith = async (
  database: Database,
  workspaceId: string,
  { document, graphHash }: Pick<DraftToRun, "document" | "graphHash">,
  { variants, overrides }: Changes,
) => {
  if (variants.length === 0 && overrides.length === 0) return { document, graphHash, variants: [] };
  const tried = applyVariants(document, variants);
  if (!tried.ok) throw refuse("variants", `variant ${tried.error.id} of a step ${tried.error.node}`);
  const changed = applyOverrides(tried.value.document, overrides);
  if (!changed.ok) throw refuse("overrides", `step ${changed.error.nodeId}`);
  const touched = [...variants.map(({ node }) => ({ nodeId: node })), ...overrides];
  const { variants: _, ...frozen } = await withOverriddenPrompts(
    database,
    workspaceId,
    document,
    changed.value,
    touched,
  );
  return { ...readDocument(frozen), variants: tried.value.variants };
};
