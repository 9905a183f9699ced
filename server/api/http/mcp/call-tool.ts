import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import type { Plan } from "@/runtime/plan/plan";
import { type PublicView, publicView, toPublicEvents } from "@/runtime/run/public-events";
import type { RunState } from "@/runtime/run/reduce";
import type { DescribedPorts } from "@/server/domain/deployment/describe/port-schema";
import { conversationOf } from "@/server/domain/run/conversation/conversation-of";
import type { LiveRun } from "@/server/domain/run/live-run";
import { publicAnswer } from "@/server/domain/run/public-answer";
import { baseUrl, readAddress } from "@/server/platform/guard/address";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { jsonAnswer } from "@/server/platform/lean/answer";
import { answerKeyed } from "../published/answer-keyed";
import { type AnswerForm, answerNew, type RunCall } from "../published/answer-new";
import { readIdempotencyKey } from "../published/keyed-request";
import { conversationArgument, readTalk } from "./talk-arguments";

/** How far a run is: steps that have ended, of how many, and the last of them. */
export interface Progress {
  readonly progress: number;
  readonly total: number;
  readonly message: string;
}

const failed = (text: string): CallToolResult => ({ isError: true, content: [{ type: "text", text }] });

const textOf = (outputs: Readonly<Record<string, unknown>>): string => {
  const values = Object.values(outputs);
  const [only] = values;
  return values.length === 1 && typeof only === "string" ? only : JSON.stringify(outputs);
};

const resultOf = (slug: string, state: RunState, argument: string): CallToolResult => {
  const { runId, status } = state;
  if (status === "paused") {
    const url = `${baseUrl(readAddress())}/api/v1/pipelines/${slug}/runs/${runId}`;
    return failed(
      `A person is asked before the pipeline can answer. The run goes on when they have; it is found at ${url}.`,
    );
  }
  const answer = publicAnswer(state);
  if ("error" in answer)
    return failed(`${answer.error.message} ${answer.error.hint} (${answer.error.code}, run ${runId})`);
  const turn = conversationOf(state);
  const goOn = {
    type: "text",
    text: `To go on with this conversation, send ${argument}: ${turn.conversation_id}`,
  } as const;
  return {
    content: [{ type: "text", text: textOf(answer.outputs) }, ...(turn.conversation_id === undefined ? [] : [goOn])],
    structuredContent: answer.outputs,
    _meta: {
      ...turn,
      runId,
      usage: answer.usage,
      costUsd: answer.costUsd,
      durationMs: answer.durationMs,
    },
  };
};

/** Says each step that ends. */
const tellProgress = (live: LiveRun, view: PublicView, tell: (progress: Progress) => void): (() => void) => {
  let done = 0;
  const total = view.steps.size;
  const next = () => {
    for (let event = feed.next(); event !== null; event = feed.next()) {
      for (const said of toPublicEvents(event, view)) {
        if (said.type !== "step-end") continue;
        done += 1;
        tell({ progress: Math.min(done, total), total, message: said.step });
      }
    }
  };
  const feed = live.feed(-1, next);
  next();
  return () => feed.close();
};

/**
 * Runs a published pipeline as a tool. What goes wrong is a result that says so, for the model that called to read; only what is no fault of the call is
 * thrown.
 */
export const callTool = async (
  call: RunCall,
  { slug, inputFields, keepsConversations }: Pick<DescribedPorts, "slug" | "inputFields" | "keepsConversations">,
  given: unknown,
  tell: ((progress: Progress) => void) | null,
): Promise<CallToolResult> => {
  let stop = () => {};
  // The result goes through an answer, so that a call that is sent again under its key is answered as everywhere.
  const form: AnswerForm = {
    whole: (of, state) => jsonAnswer(resultOf(of, state, conversationArgument(inputFields))),
    stream: () => {
      throw new Error("a tool's result is whole");
    },
  };
  const begun = (live: LiveRun | null, plan: Plan | null) => {
    if (tell !== null && live !== null && plan !== null) stop = tellProgress(live, publicView(plan), tell);
  };
  try {
    const { inputs, talk } = keepsConversations ? readTalk(given, inputFields) : { inputs: given, talk: undefined };
    const of = talk === undefined ? {} : { talk };
    const run = { slug, inputs, ...of, way: "mcp", streams: false, form, begun } as const;
    const key = readIdempotencyKey(call.request.headers);
    // The same words in another conversation are another call.
    const also = talk === undefined ? {} : { also: talk };
    const { body } =
      key === null
        ? await answerNew(call, run)
        : await answerKeyed(call, { apiKeyId: call.caller.apiKeyId, key }, { ...run, ...also });
    return JSON.parse(String(body));
  } catch (error) {
    if (!(error instanceof RouteRefusal)) throw error;
    const { hint = "" } = error.details;
    return failed(`${error.message} ${hint} (${error.code})`);
  } finally {
    stop();
  }
};
