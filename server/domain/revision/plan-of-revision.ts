import { catalog } from "@/nodes";
import type { Diagnostic } from "@/runtime/graph/diagnostic";
import { fail, type Result } from "@/runtime/graph/result";
import { compile } from "@/runtime/plan/compile";
import type { Plan } from "@/runtime/plan/plan";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import type { Database } from "@/server/platform/db/database";

type Compiled = Result<Plan, readonly Diagnostic[]>;

/** Plans kept; a revision never changes, so neither does its plan. */
const mostPlans = 200;
const plans = new Map<string, Compiled>();

/** Keeps a plan under its revision, the least recently used going first. */
export const rememberPlan = (revisionId: string, compiled: Compiled): Compiled => {
  plans.delete(revisionId);
  plans.set(revisionId, compiled);
  if (plans.size > mostPlans) plans.delete(plans.keys().next().value as string);
  return compiled;
};

export const planOfRevision = async ({ prisma }: Database, revisionId: string): Promise<Compiled> => {
  const known = plans.get(revisionId);
  if (known !== undefined) return rememberPlan(revisionId, known);
  const revision = await prisma.revision.findUnique({ where: { id: revisionId }, select: { document: true } });
  if (revision === null) return fail([]);
  return rememberPlan(revisionId, compile(readStoredDocument(revision.document), catalog));
};
