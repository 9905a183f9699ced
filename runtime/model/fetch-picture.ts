import { NodeFailure } from "@/runtime/node/node-failure";
import { connectionFailure, type FailureContext, findFailure } from "./endpoint-failure";
import type { EndSignal, HttpFetch } from "./http-fetch";
import { type OpenAiCalls, readBytes } from "./openai-transport";
import { imageLimits } from "./read-files";

interface PicturePlace {
  /** Of the endpoint, where the address may be one below it. */
  readonly base: string;
  readonly context: FailureContext;
  readonly signal: EndSignal;
  /** To the endpoint's own server, with its key. */
  readonly own: Pick<OpenAiCalls, "bytes">;
  /** To public addresses, without any header of the endpoint; null where nothing may be fetched from there. */
  readonly elsewhere: HttpFetch | null;
}

const askForBytes = "Have the server answer with the picture itself (b64_json), or correct the address that it gives.";

/**
 * The bytes that an endpoint's answer names by their address. At its own server they are asked for as everything is; at any other only where that is public,
 * without key and headers. A redirect is not followed. Throws `NodeFailure`.
 */
export const fetchPicture = async (address: string, place: PicturePlace): Promise<Uint8Array> => {
  const { base, context, signal, own, elsewhere } = place;
  const failure = (what: string) =>
    new NodeFailure("model-protocol", `The endpoint "${context.name}" ${what}`, { hint: askForBytes });
  if (!URL.canParse(address, base)) throw failure("names what is no address as the place of its picture.");
  const url = new URL(address, base);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw failure("names an address that is not of the web as the place of its picture.");
  if (url.username !== "" || url.password !== "") throw failure("names an address with a password in it.");
  if (url.origin === new URL(base).origin) {
    const { model } = context;
    const call = { signal, mostBytes: imageLimits.bytesEach, ...(model === undefined ? {} : { model }) };
    return (await own.bytes(url.href, null, call)).bytes;
  }
  if (elsewhere === null) throw failure("keeps its picture on another server, which is not asked.");
  try {
    const answer = await elsewhere(url.href, { method: "GET", headers: { "user-agent": "pipewright" }, signal });
    const { status } = answer;
    if (status < 200 || status >= 300) {
      for await (const _ of answer.body) break;
      throw failure(
        status >= 300 && status < 400
          ? `names an address of its picture that redirects (${status}), which is never followed.`
          : `names an address of its picture that answers ${status}.`,
      );
    }
    const bytes = await readBytes(answer, imageLimits.bytesEach);
    if (bytes === null)
      throw failure(`names a picture of more than ${imageLimits.bytesEach / 1024 / 1024} MB, which is too large.`);
    return bytes;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const known = findFailure(error);
    if (known?.code === "model-address-blocked") {
      const message = `The endpoint "${context.name}" names an address of its picture that is not called: it is not public.`;
      throw new NodeFailure("model-address-blocked", message, { hint: askForBytes, cause: error });
    }
    throw connectionFailure(error, context);
  }
};
