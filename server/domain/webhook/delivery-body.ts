import { publicAnswer } from "@/server/domain/run/public-answer";
import { foldRun } from "@/server/domain/run/run-record";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import type { Database } from "@/server/platform/db/database";
import { baseUrl, readAddress } from "@/server/platform/guard/address";
import { webhookLimits } from "./webhook.types";

/** What a webhook is told of a run that has ended, as JSON; null where the run is no longer kept. */
export const deliveryBody = async (
  database: Database,
  slug: string,
  runId: string,
  createdAt: Date,
): Promise<string | null> => {
  const log = await readRunLog(database, runId);
  if (log.at(-1)?.type !== "run-end") return null;
  const answer: Record<string, unknown> = publicAnswer(foldRun(log));
  const statusUrl = `${baseUrl(readAddress())}/api/v1/pipelines/${encodeURIComponent(slug)}/runs/${runId}`;
  const data: Record<string, unknown> = { ...answer, pipeline: slug, statusUrl };
  if (Buffer.byteLength(JSON.stringify(answer.outputs ?? null)) > webhookLimits.outputBytes) {
    delete data.outputs;
    data.outputsOmitted = true;
  }
  return JSON.stringify({ type: "run.ended", timestamp: createdAt.toISOString(), data });
};
