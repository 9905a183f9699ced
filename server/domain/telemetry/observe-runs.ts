import type { IncomingMessage, ServerResponse } from "node:http";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import type { LiveRun } from "@/server/domain/run/live-run";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import type { Database } from "@/server/platform/db/database";
import { logLine, writeJsonLogs } from "./json-log";
import { metricsDoor } from "./metrics-door";
import { RunMetrics } from "./run-metrics";
import { spansOf } from "./run-spans";
import { SpanQueue } from "./span-queue";
import { readTelemetry, type TelemetrySettings } from "./telemetry-settings";
import { isSampled, readTraceParent, traceIdOf } from "./trace-parent";

type Door = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

const mostNames = 5_000;

/** The address of a deployment by its id, asked for once. */
const slugsOf = (database: Database): ((id: string) => Promise<string>) => {
  const known = new Map<string, Promise<string>>();
  const ask = async (id: string): Promise<string> =>
    (await database.prisma.deployment.findUnique({ where: { id }, select: { slug: true } }))?.slug ?? "gone";
  return (id) => {
    const found = known.get(id) ?? ask(id);
    if (known.size < mostNames) known.set(id, found);
    // Asked again where the database was away.
    found.catch(() => known.delete(id));
    return found;
  };
};

/**
 * Counts and traces the runs of deployments that end in this process, as the settings say, and answers `/metrics`. Where nothing is set, runs are not looked at. What is
 * done is done once a run has ended, so that its caller does not wait for it.
 */
export const observeRuns = (database: Database, settings: TelemetrySettings = readTelemetry()): Door => {
  if (settings.jsonLogs) writeJsonLogs();
  const live = liveRunsOf(database);
  const { traces } = settings;
  const queue = traces === null ? null : new SpanQueue(new OTLPTraceExporter(), traces.service);
  const metrics =
    settings.metrics === null
      ? null
      : new RunMetrics({
          inFlight: () => live.ids.length,
          spans: () => ({ sent: queue?.sent ?? 0, dropped: queue?.dropped ?? 0 }),
        });
  if (metrics === null && queue === null && !settings.jsonLogs) return () => false;
  live.tracesCallers = queue !== null;
  const slugOf = slugsOf(database);
  const note = async (run: LiveRun, deploymentId: string): Promise<void> => {
    const deployment = await slugOf(deploymentId);
    const events = run.soFar;
    // One that waits for people is told of when it has ended.
    if (events.at(-1)?.type !== "run-end") return;
    const runId = run.run.id;
    const { durationMs, firstTokenMs, status, errorCode } = run.outcome;
    metrics?.count({ deployment, events, durationMs, firstTokenMs });
    if (settings.jsonLogs) {
      const failed = errorCode === null ? "" : ` (${errorCode})`;
      const said = `run ${runId} of ${deployment} ended: ${status}${failed}, ${durationMs ?? 0} ms`;
      process.stdout.write(`${logLine("info", [said], new Date())}\n`);
    }
    if (queue === null || traces === null) return;
    const parent = readTraceParent(run.run.traceParent);
    if (!isSampled(parent, parent?.traceId ?? traceIdOf(runId), traces.share)) return;
    queue.add(spansOf(events, { runId, deployment, parent, content: traces.content }));
  };
  live.onStart = (run) => {
    const { deploymentId } = run.run;
    if (deploymentId === null) return;
    run.ended.hear(() => {
      note(run, deploymentId).catch((error: unknown) =>
        console.error(`run ${run.run.id} could not be observed:`, error),
      );
    });
  };
  return metrics === null
    ? () => false
    : metricsDoor(settings.metrics, {
        contentType: metrics.registry.contentType,
        text: () => metrics.registry.metrics(),
      });
};
