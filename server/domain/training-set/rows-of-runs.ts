import type { LabelledRow } from "@/runtime/fine-tuning/labelled-row";
import { type LeftOut, toLabelledRows } from "@/runtime/fine-tuning/map-columns";
import { mayEndEarly } from "@/runtime/run/run-part";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import type { Database } from "@/server/platform/db/database";
import { notFound } from "@/server/platform/guard/application-error";
import type { RowSource } from "./training-set.types";

export type RunSource = Extract<RowSource, { kind: "runs" }>;

/**
 * A run's inputs and outputs, as its log tells them; null for one that did not end well, unless those are wanted too: they have no outputs. Null for one item of a
 * container run by itself: its inputs are not the pipeline's. What stands on a pin or on the results of another run was not answered by the pipeline as it is, so it has no outputs.
 */
export const endsOfRun = async (
  database: Database,
  runId: string,
  { failedToo = false }: { readonly failedToo?: boolean } = {},
): Promise<{
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Whether every step that it answers with ran in it. */
  readonly isOwn: boolean;
} | null> => {
  const events = await readRunLog(database, runId);
  const start = events.find((event) => event.type === "run-start");
  const end = events.findLast((event) => event.type === "run-end");
  if (start?.type !== "run-start") return null;
  if (start.part?.within !== undefined) return null;
  // What knowledge bases held and models answered then is not compared with what they would now.
  const isOwn = start.part === undefined || (!mayEndEarly(start.part) && start.part.taken === 0);
  const succeeded = end?.type === "run-end" && end.outcome === "success" && isOwn;
  if (!succeeded && !failedToo) return null;
  return {
    inputs: start.inputs as Readonly<Record<string, unknown>>,
    isOwn,
    outputs: succeeded ? (end.outputs as Readonly<Record<string, unknown>>) : {},
  };
};

/** The latest successful runs of a pipeline. */
export const successfulRuns = async (database: Database, workspaceId: string, pipelineId: string, most: number) => {
  const pipeline = await database.prisma.pipeline.findFirst({
    where: { id: pipelineId, workspaceId, deletedAt: null },
    select: { id: true },
  });
  if (pipeline === null) throw notFound("pipeline");
  return database.prisma.run.findMany({
    where: { pipelineId, workspaceId, status: "success" },
    orderBy: { startedAt: "desc" },
    take: most,
    select: { id: true },
  });
};

/** What runs were given as text and gave as label: a way to learn from what a larger model, or people, decided. */
export const rowsOfRuns = async (
  database: Database,
  workspaceId: string,
  { pipelineId, input, output, most }: RunSource,
): Promise<{ readonly rows: LabelledRow[]; readonly leftOut: LeftOut[] }> => {
  const rows: string[][] = [];
  for (const { id } of await successfulRuns(database, workspaceId, pipelineId, most)) {
    const ends = await endsOfRun(database, id);
    const [text, label] = [ends?.inputs[input], ends?.outputs[output]];
    rows.push([plain(text), plain(label)]);
  }
  return toLabelledRows({ columns: ["text", "label"], rows }, { text: "text", label: "label" });
};

const plain = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : "";
