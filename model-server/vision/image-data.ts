import { fail, ok, type Result } from "@/runtime/graph/result";
import { badRequest, type EndpointError } from "../errors";

export const MAX_IMAGE_BYTES = 24 << 20;

/** The bytes of a `data:` address. Nothing is ever fetched: the endpoint has no business in anybody's network. */
export function imageData(url: string, param: string): Result<Uint8Array, EndpointError> {
  if (/^https?:/i.test(url))
    return fail(
      badRequest(
        "This endpoint fetches no pictures. Send the picture itself: data:image/jpeg;base64,...",
        param,
        "unsupported_image_url",
      ),
    );
  const found = /^data:([a-z0-9.+/-]*)(?:;[a-z0-9=.-]+)*;base64,/i.exec(url.slice(0, 256));
  if (!found) return fail(badRequest("must be data:image/...;base64,...", param, "invalid_image_url"));
  const encoded = url.slice(found[0].length);
  if (encoded.length * 0.75 > MAX_IMAGE_BYTES)
    return fail(badRequest(`A picture may have at most ${MAX_IMAGE_BYTES >> 20} MB.`, param, "image_too_large"));
  const bytes = Buffer.from(encoded, "base64");
  if (bytes.length === 0) return fail(badRequest("The picture is empty.", param, "invalid_image"));
  return ok(bytes);
}
