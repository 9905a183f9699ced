import type { RunErrorData } from "./errors";
import type { NodePath, RunEvent, RunEventBody } from "./events";
import { pathKey } from "./reduce";

/** The events that end a log which nobody will go on with: every node that was under way or waited, then the run. Empty where it has ended. */
export const interruptEvents = (
  log: readonly RunEvent[],
  error: RunErrorData,
  at: string,
  outcome: "failure" | "aborted" = "failure",
): RunEvent[] => {
  const last = log.at(-1);
  if (last === undefined || last.type === "run-end") return [];
  const open = new Map<string, NodePath>();
  for (const event of log) {
    if (event.type === "node-start") open.set(pathKey(event.path), event.path);
    else if (event.type === "node-end") open.delete(pathKey(event.path));
  }
  const bodies: RunEventBody[] = [
    ...[...open.values()].map(
      (path): RunEventBody => ({ type: "node-end", path, outcome: "skipped", reason: "aborted" }),
    ),
    { type: "run-end", outcome, error },
  ];
  return bodies.map((body, index) => ({ ...body, runId: last.runId, seq: last.seq + 1 + index, at }));
};
