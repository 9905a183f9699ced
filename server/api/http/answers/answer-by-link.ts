import { z } from "zod";
import { decide } from "@/server/domain/inbox/decide";
import { obstacleText } from "@/server/domain/inbox/decide-task";
import { decisionFields, inboxLimits } from "@/server/domain/inbox/inbox.types";
import { openLink, spendLink } from "@/server/domain/inbox/open-link";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { guardRoute, type RouteCall } from "@/server/platform/route/route";
import { readBody } from "../published/read-body";

const body = z.strictObject(decisionFields);

const unknownLink = () =>
  new RouteRefusal(404, "not-found", "This link is not valid, or its time is over.", {
    hint: "Sign in and answer in the inbox.",
  });

/** `POST /api/answers/{token}`: the answer of whoever a link was mailed to. Once; opening the page decides nothing, so that a mail scanner cannot. */
export const answerByLink = async ({
  parameters,
  database,
  json,
}: RouteCall<"public", { token: string }>): Promise<Response> => {
  const decision = readBody(body, await json(inboxLimits.requestBytes), 'Send {"action": "approve" or "reject"}.');
  const link = await openLink(database, parameters.token);
  if (link === null) throw unknownLink();
  if (link.isUsed)
    throw new RouteRefusal(409, "review-closed", "This link has answered already.", { hint: "It answers once." });
  const { workspaceId, reviewer, task } = link;
  const decided = await decide(database, workspaceId, task.id, { reviewer, decision, via: "link" });
  if (decided.ok) {
    // After the answer: one that could not be stored has spent nothing, and of several at once the decision takes one.
    await spendLink(database, link.id);
    return Response.json({ state: decided.value.state, missing: decided.value.missing });
  }
  const { error } = decided;
  if (error.reason === "not-found") throw unknownLink();
  if (error.reason === "invalid")
    throw new RouteRefusal(400, "request-invalid", error.message, { fields: { [error.field]: error.message } });
  throw new RouteRefusal(409, "review-closed", obstacleText(error.reason, error.state), {
    hint: "The first answer counts.",
  });
};

export const answerRoute = guardRoute({ auth: "public" }, answerByLink);
