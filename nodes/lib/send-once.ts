import type { WebReply, WebRequest } from "@/runtime/capability/web/contract";
import type { NodeContext } from "@/runtime/node/context";
import { isNodeFailure, NodeFailure } from "@/runtime/node/node-failure";

const unanswered = ({ method, url }: WebRequest, why: string, cause?: unknown): NodeFailure =>
  new NodeFailure(
    "tool-unanswered",
    `${why}${method} ${new URL(url).host} was sent, and what came of it is not known: it is not sent again.`,
    {
      hint: "Look at the service whether it did what it was sent, before it is sent again.",
      cause,
    },
  );

const isSilence = (code: string): boolean => code === "tool-unavailable" || code === "tool-timeout";

/**
 * Sends what changes something, once in a run: the answer is kept, and so is that it was sent. One that was sent and not answered, because the service fell silent,
 * the step was out of time or the app went away, is not sent again by another try of the step: it fails with `tool-unanswered`. One that came to no connection is.
 * `key`: unique within the step.
 */
export const sendOnce = (
  { once, web }: Pick<NodeContext, "once" | "web">,
  key: string,
  request: WebRequest,
): Promise<WebReply> =>
  once.value(key, async () => {
    const mark = `${key}-sent`;
    if (once.kept(mark) === true) throw unanswered(request, "");
    let isUnderWay = false;
    const onSent = (isSent: boolean) => {
      isUnderWay = isSent;
      once.keep(mark, isSent);
    };
    try {
      return await web.request({ ...request, retries: 0, retryStatuses: [], onSent });
    } catch (error) {
      if (!isUnderWay || !isNodeFailure(error) || !isSilence(error.code)) throw error;
      throw unanswered(request, `${error.message} `, error);
    }
  });
