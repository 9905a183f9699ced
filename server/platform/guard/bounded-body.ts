import { isUtf8 } from "node:buffer";
import { parseExactJson } from "@/runtime/node/exact-json";
import { findDuplicateKey } from "./duplicate-key";
import { RouteRefusal } from "./route-refusal";

export const bodyLimits = {
  /** A graph document at its own limit, with the envelope around it. */
  interfaceBytes: 5 * 1024 * 1024,
  defaultBytes: 1024 * 1024,
  /** Of somebody who has not said who they are. */
  strangerBytes: 4 * 1024,
  /** Deeper JSON has no use here and would exhaust the stack of whoever walks it. */
  depth: 100,
} as const;

const tooLarge = (maxBytes: number): RouteRefusal =>
  new RouteRefusal(413, "too-large", `The request is larger than ${Math.floor(maxBytes / 1024)} KiB.`, {
    hint: "Send less at once.",
  });

/** What is read of a request: a Request of the framework's, or the lean one. */
interface Readable {
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array> | null;
  /** All of the body at once, where the request can give it so. */
  readonly collect?: (maxBytes: number, tooLarge: () => Error) => Promise<Buffer>;
}

/** What is compressed would have to be bounded twice, and nobody who calls needs it. */
const refuseCompressed = ({ headers }: Readable): void => {
  const encoding = headers.get("content-encoding")?.trim().toLowerCase() ?? "";
  if (encoding === "" || encoding === "identity") return;
  throw new RouteRefusal(415, "content-encoding", `The request body is compressed (${encoding.slice(0, 40)}).`, {
    hint: "Send it uncompressed, without Content-Encoding.",
  });
};

const brokenOff = (): RouteRefusal =>
  new RouteRefusal(400, "body-broken", "The request broke off before its body was complete.", {
    hint: "Send it again.",
  });

const gather = async (body: AsyncIterable<Uint8Array> | null, maxBytes: number): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of body ?? []) {
    total += chunk.byteLength;
    if (total > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** Reads a body up to a limit, whatever the sender claims its length to be. Refuses one that is not UTF-8: a letter replaced would be another text. */
export const readBounded = async (request: Readable, maxBytes: number): Promise<string> => {
  refuseCompressed(request);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  let body: Buffer;
  try {
    body = await (request.collect?.(maxBytes, () => tooLarge(maxBytes)) ?? gather(request.body, maxBytes));
  } catch (error) {
    throw error instanceof RouteRefusal ? error : brokenOff();
  }
  if (!isUtf8(body)) {
    throw new RouteRefusal(400, "not-utf8", "The request body is not valid UTF-8.", { hint: "Send JSON in UTF-8." });
  }
  const text = body.toString("utf8");
  // A mark of the order of bytes belongs to the encoding, not to the text.
  return text.startsWith("\ufeff") ? text.slice(1) : text;
};

/** How deep the brackets of a JSON text nest, counted without building anything. */
export const nestingDepth = (json: string): number => {
  let depth = 0;
  let deepest = 0;
  let inText = false;
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    if (inText) {
      if (character === "\\") index += 1;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === "{" || character === "[") {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (character === "}" || character === "]") depth -= 1;
  }
  return deepest;
};

/** The body of a JSON request as text, bounded in size and depth. */
export const readJsonText = async (request: Readable, maxBytes: number): Promise<string> => {
  const type = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new RouteRefusal(415, "media-type", "Send the request as application/json.");
  }
  const text = await readBounded(request, maxBytes);
  if (nestingDepth(text) > bodyLimits.depth) {
    throw new RouteRefusal(400, "too-deep", `The request nests deeper than ${bodyLimits.depth} levels.`);
  }
  return text;
};

/**
 * The value of a JSON text. A whole number beyond 2^53 becomes a text of its digits, so that two never become equal; a name that stands twice in an
 * object is refused, because of the two values one would be lost.
 */
export const parseJson = (text: string): unknown => {
  let value: unknown;
  try {
    value = parseExactJson(text);
  } catch {
    throw new RouteRefusal(400, "not-json", "The request body is not valid JSON.");
  }
  const twice = findDuplicateKey(text)?.slice(0, 100);
  if (twice === undefined) return value;
  const message = `"${twice}" stands twice in the request.`;
  throw new RouteRefusal(400, "duplicate-key", message, { hint: "Send each name once.", fields: { [twice]: message } });
};
