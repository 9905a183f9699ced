import type { RunState } from "@/runtime/run/reduce";
import { conversationOf } from "@/server/domain/run/conversation/conversation-of";
import { baseUrl, readAddress } from "@/server/platform/guard/address";
import { type Answer, jsonAnswer } from "@/server/platform/lean/answer";

/** What a caller is told of a run that waits for a person: where to ask again, and where a person answers. */
export const pausedAnswer = (
  slug: string,
  runId: string,
  status: 200 | 202,
  state: Pick<RunState, "conversation">,
): Answer => {
  const base = baseUrl(readAddress());
  return jsonAnswer(
    {
      runId,
      ...conversationOf(state),
      status: "paused",
      statusUrl: `${base}/api/v1/pipelines/${encodeURIComponent(slug)}/runs/${runId}`,
      reviewsUrl: `${base}/api/v1/reviews?runId=${runId}`,
      inboxUrl: `${base}/inbox?run=${runId}`,
    },
    status,
  );
};
