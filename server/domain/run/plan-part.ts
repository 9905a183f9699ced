import type { z } from "zod";
import { type AskedPart, type PlannedPart, planPart, type StoredRun } from "@/runtime/executor/part-of-run";
import { type ChangedSteps, changedSteps } from "@/runtime/graph/changed-steps";
import type { GraphDocument } from "@/runtime/graph/document";
import type { Plan } from "@/runtime/plan/plan";
import type { PartRefusal } from "@/runtime/run/run-part";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import type { partInput } from "./run.types";

interface PartOfDraft {
  readonly pipelineId: string;
  readonly plan: Plan;
  /** What the plan was made of. */
  readonly document: GraphDocument;
  /** The run's own, checked. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly part: z.output<typeof partInput> | undefined;
  /** Whether pins of the draft hold, and which those are. */
  readonly pins: GraphDocument["pins"];
}

/** What a run of the draft runs where it is not all of it; null where it is. */
export const planPartOfDraft = async (
  database: Database,
  workspaceId: string,
  { pipelineId, plan, document, inputs, part, pins = {} }: PartOfDraft,
): Promise<PlannedPart | null> => {
  const pinned = new Map(Object.entries(pins));
  if (part === undefined && pinned.size === 0) return null;
  const source =
    part?.source === undefined
      ? null
      : await storedRun(database, workspaceId, { id: part.source, pipelineId, document });
  const asked: AskedPart = part ?? { mode: "pinned" };
  return planOrRefuse(planPart(asked, { plan, inputs, stored: source, pins: pinned }));
};

/** A run of the pipeline that has ended, and what the document does otherwise than it did. */
const storedRun = async (
  database: Database,
  workspaceId: string,
  { id, pipelineId, document }: { readonly id: string; readonly pipelineId: string; readonly document: GraphDocument },
): Promise<StoredRun> => {
  const run = await database.prisma.run.findFirst({
    where: { id, workspaceId, pipelineId },
    select: { status: true, revision: { select: { document: true } } },
  });
  if (run === null) throw notFound("run");
  if (run.status === "running") {
    throw new ApplicationError("BAD_REQUEST", "The run has not ended yet.", {
      reason: "input-invalid",
      hint: "Wait for its end, or cancel it.",
    });
  }
  const changed = changedSteps(readStoredDocument(run.revision.document), document);
  return { id, events: await readRunLog(database, id), changed };
};

const nothing: ChangedSteps = { steps: new Set(), inside: new Map() };

/** What a run of the same version runs again from a step on. */
export const planFromStep = (
  plan: Plan,
  { id, events }: Pick<StoredRun, "id" | "events">,
  { node, within }: { readonly node: string; readonly within: readonly string[] },
): PlannedPart => {
  const [first] = events;
  const inputs = first?.type === "run-start" ? first.inputs : {};
  const stored = { id, events, changed: nothing };
  return planOrRefuse(planPart({ mode: "from", node, within }, { plan, inputs, stored, pins: new Map() }));
};

const planOrRefuse = (planned: ReturnType<typeof planPart>): PlannedPart => {
  if (planned.ok) return planned.value;
  const { message, hint } = inWords(planned.error);
  throw new ApplicationError("BAD_REQUEST", message, { reason: "part-refused", hint, part: planned.error });
};

const inWords = (refusal: PartRefusal): { readonly message: string; readonly hint: string } => {
  switch (refusal.code) {
    case "no-step":
      return { message: `There is no step ${refusal.node}.`, hint: "Choose another step." };
    case "switched-off":
      return { message: `"${refusal.node}" is switched off.`, hint: "Switch it on, or choose another step." };
    case "no-frame":
      return {
        message: `No run is stored in which ${refusal.frame} began.`,
        hint: "Run the pipeline once, then choose an item or a round of that run.",
      };
    case "frame-cut":
      return {
        message: `"${refusal.port}" of ${refusal.frame} is too long to be kept whole in the record.`,
        hint: "Run from the step around it.",
      };
    case "no-input":
      return {
        message: `Nothing is known of what comes into "${refusal.port}" of "${refusal.node}".`,
        hint: "Give it by hand, or run to the step.",
      };
    case "input-wrong":
      return { message: `"${refusal.node}" cannot take that: ${refusal.reason}`, hint: "Correct the input." };
    case "pin-wrong":
      return {
        message: `What is pinned for "${refusal.node}" is not what it gives: ${refusal.reason}.`,
        hint: "Correct the pin, or take it away.",
      };
    default:
      return refusal satisfies never;
  }
};
