import { Readable } from "node:stream";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import type { RouteCall } from "@/server/platform/route/route";
import { readByteRange } from "./byte-range";
import { asRouteRefusal } from "./file-refusal";
import { findFile, openFile } from "./read-file";

/** What a browser may show in its place: pictures without scripts, and sound. Everything else is saved. */
const inline = /^(image\/(png|jpeg|webp|gif|avif|bmp)|audio\/[\w.+-]+)$/;

/** A header takes plain letters; the true name follows in its own encoding. */
const disposition = (name: string, mediaType: string): string => {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
  return `${inline.test(mediaType) ? "inline" : "attachment"}; filename="${plain}"; filename*=UTF-8''${encoded}`;
};

/** `GET /api/files/{id}`: a file of the workspace, whole or in part. */
export const answerDownload = async (call: RouteCall<"session", { id: string }>): Promise<Response> => {
  const { request, parameters, caller, database } = call;
  const row = await findFile(database, caller.workspaceId, parameters.id);
  if (row === null) throw new RouteRefusal(404, "file-missing", "This file is no longer stored.");
  const etag = `"${row.sha256}"`;
  const headers = {
    "content-type": row.mediaType.startsWith("text/") ? `${row.mediaType}; charset=utf-8` : row.mediaType,
    "content-disposition": disposition(row.name, row.mediaType),
    // Whatever it is, nothing in it may run or load anything.
    "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    // The bytes never change, but whether one may see them can.
    "cache-control": "private, no-cache",
    "accept-ranges": "bytes",
    etag,
  };
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  const range = readByteRange(request.headers.get("range"), row.size);
  if (range === "unsatisfiable") {
    return new Response(null, { status: 416, headers: { ...headers, "content-range": `bytes */${row.size}` } });
  }
  const stream = await openFile(database, row, range ?? undefined).catch((error: unknown) => {
    throw asRouteRefusal(error);
  });
  const length = range === null ? row.size : range.end - range.start + 1;
  return new Response(Readable.toWeb(stream) as ReadableStream, {
    status: range === null ? 200 : 206,
    headers: {
      ...headers,
      "content-length": String(length),
      ...(range === null ? {} : { "content-range": `bytes ${range.start}-${range.end}/${row.size}` }),
    },
  });
};
