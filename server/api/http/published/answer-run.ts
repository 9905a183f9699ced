import { isMultipart } from "@/server/domain/file/read-upload";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import type { Answer } from "@/server/platform/lean/answer";
import { outageRefusal } from "@/server/platform/readiness/outage";
import { outageNow } from "@/server/platform/readiness/refuse-outage";
import type { RouteCall } from "@/server/platform/route/route";
import { answerKeyed } from "./answer-keyed";
import { answerNew, ownAnswers } from "./answer-new";
import { readIdempotencyKey } from "./keyed-request";
import { publishedLimits, type RunRequest, type Talk, talkOf } from "./published.types";
import { readRunForm } from "./read-run-form";
import { readRunRequest } from "./read-run-request";
import { readVersion } from "./read-version";
import { RequestFiles } from "./request-files";

type Call = RouteCall<"api-key", { slug: string }>;

/**
 * `POST /api/v1/pipelines/{slug}/runs`: the answer as JSON, the run's public events as they come, or, in the background, where to ask for it. Asked in JSON, or
 * as a form where files come along.
 */
export const answerRun = (call: Call): Promise<Answer> => {
  const files = new RequestFiles();
  return files.around(call.database, () => answer(call, files));
};

const answer = async (call: Call, files: RequestFiles): Promise<Answer> => {
  const { request, caller, database, json } = call;
  const outage = outageNow(database);
  if (outage !== null) throw outageRefusal(outage);
  const key = readIdempotencyKey(request.headers);
  const asked = isMultipart(request.headers)
    ? await readRunForm(call, files)
    : readRunRequest(await json(publishedLimits.requestBytes));
  const way = wayOf(asked, request.headers);
  if (way === "background" && prefersBackground(request.headers))
    call.responseHeaders.set("preference-applied", "respond-async");
  const { slug } = call.parameters;
  const talk = talkOf(asked);
  const version = readVersion(request.headers, asked.version);
  const run = {
    slug,
    inputs: asked.inputs,
    begun: files.begun,
    talk,
    way,
    version,
    streams: way === "stream",
    form: ownAnswers,
  };
  return key === null
    ? answerNew(call, run)
    : answerKeyed(call, { apiKeyId: caller.apiKeyId, key }, { ...run, ...alsoOf(talk, version) });
};

/** The same words in another conversation, of another user, or to another version are another request. */
const alsoOf = (talk: Talk, version: number | null) =>
  Object.keys(talk).length === 0 && version === null ? {} : { also: { ...talk, ...(version !== null && { version }) } };

/** What the body says counts; the headers only where it says nothing. */
const wayOf = ({ stream, background }: RunRequest, headers: Headers): "json" | "stream" | "background" => {
  if (background === true && stream === true) {
    throw new RouteRefusal(400, "request-invalid", "A run in the background is not answered as a stream.", {
      hint: 'Leave "stream" out; the answer names the address of the run\'s events.',
      fields: { stream: "Not together with background." },
    });
  }
  if (background ?? (stream !== true && prefersBackground(headers))) return "background";
  return (stream ?? wantsEvents(headers)) ? "stream" : "json";
};

/** RFC 7240, section 4.1. */
const prefersBackground = (headers: Headers): boolean =>
  (headers.get("prefer") ?? "").split(/[,;]/).some((part) => part.trim().toLowerCase() === "respond-async");

/** Whether the Accept header names event streams; a weight of zero says "not that". */
const wantsEvents = (headers: Headers): boolean =>
  (headers.get("accept") ?? "").split(",").some((range) => {
    const [type, ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    return type === "text/event-stream" && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
