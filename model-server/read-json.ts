import type { IncomingMessage } from "node:http";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { badRequest, bodyTooLarge, type EndpointError } from "./errors";

const MAX_BODY_BYTES = 1 << 20;

/** The body as JSON. Reads no further than the bound. */
export async function readJson(
  request: IncomingMessage,
  limit = MAX_BODY_BYTES,
): Promise<Result<unknown, EndpointError>> {
  if (Number(request.headers["content-length"] ?? 0) > limit) return fail(bodyTooLarge(limit));
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return fail(bodyTooLarge(limit));
    chunks.push(chunk);
  }
  try {
    return ok(JSON.parse(Buffer.concat(chunks).toString("utf8")));
  } catch {
    return fail(badRequest("The body is not valid JSON.", null, "invalid_json"));
  }
}
