import type { McpCall, McpReply } from "@/runtime/capability/mcp/contract";
import type { WebReply, WebRequest } from "@/runtime/capability/web/contract";
import type { NodeContext } from "@/runtime/node/context";
import { isNodeFailure, NodeFailure } from "@/runtime/node/node-failure";

const unanswered = (what: string, why: string, cause?: unknown): NodeFailure =>
  new NodeFailure(
    "tool-unanswered",
    `${why}${what} was sent, and what came of it is not known: it is not sent again.`,
    {
      hint: "Look at the service whether it did what it was sent, before it is sent again.",
      cause,
    },
  );

const isSilence = (code: string): boolean => code === "tool-unavailable" || code === "tool-timeout";

type OnSent = (isSent: boolean) => void;

/**
 * Sends what changes something, once in a run: the answer is kept, and so is that it was sent. One that was sent and not answered, because the service fell silent,
 * the step was out of time or the app went away, is not sent again by another try of the step: it fails with `tool-unanswered`. One that came to no connection is.
 * `key`: unique within the step. `what`: what is sent, for a sentence.
 */
const once = <Reply>(
  { once: records }: Pick<NodeContext, "once">,
  key: string,
  what: string,
  send: (onSent: OnSent) => Promise<Reply>,
): Promise<Reply> =>
  records.value(key, async () => {
    const mark = `${key}-sent`;
    if (records.kept(mark) === true) throw unanswered(what, "");
    let isUnderWay = false;
    const onSent = (isSent: boolean) => {
      isUnderWay = isSent;
      records.keep(mark, isSent);
    };
    try {
      return await send(onSent);
    } catch (error) {
      if (!isUnderWay || !isNodeFailure(error) || !isSilence(error.code)) throw error;
      throw unanswered(what, `${error.message} `, error);
    }
  });

export const sendOnce = (ctx: Pick<NodeContext, "once" | "web">, key: string, request: WebRequest): Promise<WebReply> =>
  once(ctx, key, `${request.method} ${new URL(request.url).host}`, (onSent) =>
    ctx.web.request({ ...request, retries: 0, retryStatuses: [], onSent }),
  );

/** The same for a tool of an MCP server. */
export const callOnce = (ctx: Pick<NodeContext, "once" | "mcp">, key: string, call: McpCall): Promise<McpReply> =>
  once(ctx, key, `The call of "${call.tool.name}" of "${call.tool.server}"`, (onSent) =>
    ctx.mcp.call({ ...call, onSent }),
  );
