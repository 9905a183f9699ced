import { type BreakingChange, breakingChanges } from "@/runtime/plan/interface-changes";
import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";

const words: Readonly<Record<BreakingChange["code"], string>> = {
  "input-required": "must now be sent",
  "input-removed": "is no longer taken",
  "input-kind": "takes another kind",
  "input-narrowed": "takes less",
  "output-removed": "is no longer answered",
  "output-kind": "is of another kind",
};

/** What breaks callers of one version when another answers in its place; nothing where one of them can no longer run. */
export const breakingBetween = async (
  database: Database,
  before: string | undefined,
  after: string,
): Promise<readonly BreakingChange[]> => {
  if (before === undefined || before === after) return [];
  const [was, is] = await Promise.all([planOfRevision(database, before), planOfRevision(database, after)]);
  return was.ok && is.ok ? breakingChanges(was.value, is.value) : [];
};

/** Refuses to let a version go live that breaks the callers of what is live, until whoever does it has said that it is meant. */
export const refuseBreaking = async (
  database: Database,
  before: string | undefined,
  after: string,
  confirmed: boolean,
): Promise<readonly BreakingChange[]> => {
  const breaking = await breakingBetween(database, before, after);
  if (breaking.length === 0 || confirmed) return breaking;
  const named = breaking.map(({ code, name }) => `"${name}" ${words[code]}`).join(", ");
  throw new ApplicationError("PRECONDITION_FAILED", `Programs that call it would break: ${named}.`, {
    reason: "breaking-change",
    hint: "Confirm it where it is meant, or keep the inputs and outputs as they are.",
    breaking,
  });
};
