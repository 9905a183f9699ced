import { sayAsked, saySeen } from "@/runtime/eval/gate/say-gate";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { currentCheck, liveRevisionOf } from "./gate-state";
import { settleCheck } from "./settle-check";

/**
 * Refuses to let a revision go live that has not passed the gate of its pipeline, as the gate, its dataset and the live version are now. What is live already may
 * move to another address. Gives the check that let it through; null where none was asked.
 */
export const requireGate = async (
  database: Database,
  workspaceId: string,
  pipelineId: string,
  revisionId: string,
): Promise<string | null> => {
  const gate = await database.prisma.gate.findFirst({ where: { pipelineId, workspaceId, enabled: true } });
  if (gate === null || (await liveRevisionOf(database, workspaceId, pipelineId)) === revisionId) return null;
  const { check } = await currentCheck(database, gate, revisionId);
  const view = check === null ? null : await settleCheck(database, gate, check);
  if (view?.state === "passed") return view.id;
  const failing = view?.results.find(({ holds }) => holds !== true);
  throw new ApplicationError(
    "PRECONDITION_FAILED",
    view === null || view.state === "failure"
      ? "This version has not been checked by the pipeline's gate."
      : view.state === "running"
        ? "The gate is still checking this version."
        : `The gate is not passed. ${failing === undefined ? "" : `${sayAsked(failing, "en")}; seen: ${saySeen(failing, "en")}.`}`,
    { reason: "gate-not-passed", hint: "Run the check in the Publish dialog, or change what the gate asks for." },
  );
};
