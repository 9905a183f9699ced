import { isUtf8 } from "node:buffer";
import { endOfText } from "@/runtime/node/end-of-text";
import { parseExactJson } from "@/runtime/node/exact-json";
import type { Growth } from "./body-places";
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
  /** Values of a caller's request: objects, lists, and what stands in them. 16 MB of the smallest would take seconds to read. */
  values: 200_000,
  /** Of a request of the interface, which holds whole tables. */
  interfaceValues: 500_000,
} as const;

const [quote, comma, openBrace, closeBrace, openBracket, closeBracket] = [0x22, 0x2c, 0x7b, 0x7d, 0x5b, 0x5d];

const tooLarge = (maxBytes: number): RouteRefusal =>
  new RouteRefusal(413, "too-large", `The request is larger than ${Math.floor(maxBytes / 1024)} KiB.`, {
    hint: "Send less at once.",
  });

/** What is read of a request: a Request of the framework's, or the lean one. */
interface Readable {
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array> | null;
  /** All of the body at once, where the request can give it so. */
  readonly collect?: (grow: (bytes: number) => Error | null) => Promise<Buffer>;
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

const gather = async (body: AsyncIterable<Uint8Array> | null, grow: Growth): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of body ?? []) {
    total += chunk.byteLength;
    const refused = grow(total);
    if (refused !== null) throw refused;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** Reads a body up to a limit, whatever the sender claims its length to be. Refuses one that is not UTF-8: a letter replaced would be another text. */
export const readBounded = async (request: Readable, maxBytes: number, more: Growth = () => null): Promise<string> => {
  refuseCompressed(request);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  let body: Buffer;
  try {
    const grow: Growth = (bytes) => (bytes > maxBytes ? tooLarge(maxBytes) : more(bytes));
    body = await (request.collect?.(grow) ?? gather(request.body, grow));
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

/** How deep the brackets of a JSON text nest, and how many values it holds at least, counted without building anything; beyond `most` values no further. */
export const structureOf = (
  json: string,
  most = Number.POSITIVE_INFINITY,
): { readonly depth: number; readonly values: number } => {
  let depth = 0;
  let deepest = 0;
  let values = 0;
  for (let index = 0; index < json.length && values <= most; index += 1) {
    const unit = json.charCodeAt(index);
    if (unit === quote) index = endOfText(json, index);
    else if (unit === comma) values += 1;
    else if (unit === openBrace || unit === openBracket) {
      values += 1;
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (unit === closeBrace || unit === closeBracket) depth -= 1;
  }
  return { depth: deepest, values };
};

/** Refuses a JSON text that nests too deep, or of so many values that reading it would keep everybody else waiting. `what` is its name in the refusal. */
export const refuseStructure = (json: string, most: number = bodyLimits.values, what = "The request"): void => {
  const { depth, values } = structureOf(json, most);
  if (depth > bodyLimits.depth) {
    throw new RouteRefusal(400, "too-deep", `${what} nests deeper than ${bodyLimits.depth} levels.`);
  }
  if (values > most) {
    throw new RouteRefusal(400, "too-many-values", `${what} holds more than ${most} values.`, {
      hint: "Send less at once, or long data as one text or as a file.",
    });
  }
};

/** The body of a JSON request as text, bounded in size, depth and number of values. */
export const readJsonText = async (
  request: Readable,
  maxBytes: number,
  { mostValues, grow }: { readonly mostValues?: number | undefined; readonly grow?: Growth } = {},
): Promise<string> => {
  const type = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new RouteRefusal(415, "media-type", "Send the request as application/json.");
  }
  const text = await readBounded(request, maxBytes, grow);
  refuseStructure(text, mostValues);
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
