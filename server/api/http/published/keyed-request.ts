import { createHash } from "node:crypto";
import { isFileKind } from "@/runtime/node/define-node";
import type { KeyedRequest } from "@/server/domain/idempotency/claim-key";
import { idempotencyLimits } from "@/server/domain/idempotency/idempotency-limits";
import type { Database } from "@/server/platform/db/database";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";

/** What the header may hold: visible ASCII, as clients make it. A text in quotes (RFC 8941) stands for what is between them. */
const shape = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/** The `Idempotency-Key` of a request; null where it has none. */
export const readIdempotencyKey = (headers: Headers): string | null => {
  const sent = headers.get("idempotency-key")?.trim();
  if (sent === undefined || sent === null) return null;
  const key = /^"(.*)"$/.exec(sent)?.[1] ?? sent;
  if (key.length > idempotencyLimits.keyLength || !shape.test(key)) {
    throw new RouteRefusal(400, "request-invalid", "The Idempotency-Key is not in order.", {
      hint: `Send 1 to ${idempotencyLimits.keyLength} visible ASCII characters, such as a UUID.`,
      fields: { "idempotency-key": "This is not a key." },
    });
  }
  return key;
};

/** JSON with the members of each object in order, so that two spellings of a request are one, and no two requests are. */
const canonical = (value: unknown): string => {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(",")}}`;
};

interface Asked {
  readonly slug: string;
  readonly way: string;
  readonly streams: boolean;
  readonly inputs: unknown;
  readonly also?: unknown;
}

const fileIdOf = (value: unknown): string | null => {
  const { fileId } = (typeof value === "object" && value !== null ? value : {}) as { fileId?: unknown };
  return typeof fileId === "string" ? fileId : null;
};

/**
 * What a request asks, as a hash. A file counts by its bytes: the same file uploaded once more has another id.
 */
export const hashRequest = async (
  { prisma }: Database,
  workspaceId: string,
  fields: readonly { readonly name: string; readonly kind: Parameters<typeof isFileKind>[0] }[],
  { slug, way, streams, inputs, also = null }: Asked,
): Promise<string> => {
  const given = (typeof inputs === "object" && inputs !== null ? inputs : {}) as Readonly<Record<string, unknown>>;
  const named = fields.flatMap(({ name, kind }) => {
    const fileId = isFileKind(kind) && Object.hasOwn(given, name) ? fileIdOf(given[name]) : null;
    return fileId === null ? [] : [{ name, fileId }];
  });
  const stored =
    named.length === 0
      ? []
      : await prisma.storedFile.findMany({
          where: { workspaceId, id: { in: named.map(({ fileId }) => fileId) } },
          select: { id: true, sha256: true },
        });
  const hashes = new Map(stored.map(({ id, sha256 }) => [id, sha256]));
  const byBytes = new Map(named.map(({ name, fileId }) => [name, hashes.get(fileId) ?? fileId]));
  const asked = Object.entries(given).map(([name, value]) => [name, byBytes.get(name) ?? canonical(value)]);
  asked.sort(([one], [other]) => (String(one) < String(other) ? -1 : 1));
  return createHash("sha256")
    .update(JSON.stringify([slug, way, streams, asked, canonical(also)]))
    .digest("hex");
};

export const keyReused = ({ key }: KeyedRequest): RouteRefusal =>
  new RouteRefusal(422, "idempotency-key-reused", `The Idempotency-Key "${key}" stands for another request.`, {
    hint: "Send what was sent under it, or take a new key for a new request.",
  });

export const stillBeginning = (): RouteRefusal =>
  new RouteRefusal(
    409,
    "idempotency-key-busy",
    "The first request with this Idempotency-Key is still beginning.",
    { hint: "Send it again in a moment." },
    { "retry-after": "1" },
  );

export const answerGone = (): RouteRefusal =>
  new RouteRefusal(409, "idempotency-answer-gone", "The run of this Idempotency-Key is no longer kept.", {
    hint: "Send the request under a new key if it may run once more.",
  });

export const tooManyKeys = (): RouteRefusal =>
  new RouteRefusal(
    429,
    "too-many-idempotency-keys",
    `This API key has ${idempotencyLimits.keys} idempotency keys of the last ${idempotencyLimits.keepHours} hours.`,
    { hint: "Leave the header out where a second run does no harm." },
    { "retry-after": "600" },
  );
