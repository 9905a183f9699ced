import type { RunState } from "@/runtime/run/reduce";
import { conversationOf, type PublicTurn } from "@/server/domain/run/conversation/conversation-of";
import { publicAnswer } from "@/server/domain/run/public-answer";
import { baseUrl, readAddress } from "@/server/platform/guard/address";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { type Answer, jsonAnswer } from "@/server/platform/lean/answer";
import { pausedAnswer } from "./paused-answer";
import { runRefusal } from "./refuse-run";

const runUrl = (slug: string, runId: string): string =>
  `${baseUrl(readAddress())}/api/v1/pipelines/${encodeURIComponent(slug)}/runs/${runId}`;

/** What a caller is told of a background run as soon as it is accepted: it outlives a crash from then on, and where to ask how it stands. */
export const acceptedAnswer = (slug: string, runId: string, turn: PublicTurn = {}): Answer => {
  const statusUrl = runUrl(slug, runId);
  return jsonAnswer(
    { runId, ...turn, status: "queued", statusUrl, eventsUrl: `${statusUrl}/events`, cancelUrl: `${statusUrl}/cancel` },
    202,
    { location: statusUrl, "retry-after": "1" },
  );
};

/** A background run whose turn has not come. */
export const waitingAnswer = (runId: string, turn: PublicTurn): Answer =>
  jsonAnswer({ runId, ...turn, status: "queued" });

/** How a run stands, to whoever asks for it by its id. */
export const statusAnswer = (slug: string, state: RunState): Answer => {
  const { runId, status } = state;
  if (status === "paused") return pausedAnswer(slug, runId, 200, state);
  if (status === "running" || status === "pending")
    return jsonAnswer({ runId, ...conversationOf(state), status: "running" });
  return jsonAnswer(publicAnswer(state));
};

/** The answer to whoever asked for it whole: what went wrong has its own status of HTTP. */
export const wholeAnswer = (slug: string, state: RunState): Answer => {
  const { runId, status, error } = state;
  if (error !== null) throw runRefusal(error, runId);
  if (status === "paused") return pausedAnswer(slug, runId, 202, state);
  if (status !== "success" && status !== "empty")
    throw new RouteRefusal(500, "internal", "The run did not end.", { runId });
  return jsonAnswer(publicAnswer(state));
};
