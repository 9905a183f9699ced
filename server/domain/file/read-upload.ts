import type { IncomingHttpHeaders } from "node:http";
import { Readable } from "node:stream";
import { Busboy, type BusboyFileStream } from "@fastify/busboy";
import { isNodeFailure } from "@/runtime/node/node-failure";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import type { StagedFile } from "@/server/platform/object-store/object-store";
import { isDiskFull } from "@/server/platform/readiness/disk";
import { fileLimits, mostFileBytes } from "./file-limits";
import { safeFileName } from "./file-name";
import { dropStaged, prepareIncoming, stageFile } from "./stage-file";

export interface UploadedPart {
  /** Name of the form's field. */
  readonly field: string;
  /** As sent, made safe. */
  readonly name: string;
  readonly staged: StagedFile;
}

export interface Upload {
  readonly files: readonly UploadedPart[];
  readonly fields: Readonly<Record<string, string>>;
}

export interface UploadBounds {
  readonly files?: number;
  readonly fileBytes?: number;
  readonly fields?: number;
  readonly fieldBytes?: number;
}

/** What is read of a request: a Request of the framework's, or the lean one. */
interface UploadRequest {
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array> | null;
}

const refuse = (status: number, code: string, message: string, hint: string): RouteRefusal =>
  new RouteRefusal(status, code, message, { hint });

const notWhole = () =>
  refuse(400, "upload-broken", "The upload broke off or is not valid multipart/form-data.", "Send it again.");

export const isMultipart = (headers: Headers): boolean =>
  /^multipart\/form-data\s*;/i.test(headers.get("content-type") ?? "");

/**
 * Reads a multipart request to disk as it comes; whatever its sender claims, no more than the bounds allow. What was staged lies on disk until
 * the caller has stored or dropped it; where reading fails, nothing does.
 */
export const readUpload = async (
  request: UploadRequest,
  incoming: string,
  bounds: UploadBounds = {},
): Promise<Upload> => {
  const { files: mostFiles = fileLimits.filesAtOnce, fileBytes = mostFileBytes } = bounds;
  const { fields: mostFields = 4, fieldBytes = 64 * 1024 } = bounds;
  if (!isMultipart(request.headers)) {
    throw refuse(
      415,
      "media-type",
      "Send the files as multipart/form-data.",
      'For example: curl -F "file=@photo.jpg" …',
    );
  }
  const tooMuch = mostFiles * fileBytes + mostFields * fieldBytes + 1024 * 1024;
  if (Number(request.headers.get("content-length") ?? 0) > tooMuch) {
    throw refuse(413, "too-large", "The request is larger than all files of one may be.", "Send fewer files at once.");
  }
  await prepareIncoming(incoming);
  const brokenOff = new AbortController();
  const staging: Promise<UploadedPart>[] = [];
  const fields: Record<string, string> = Object.create(null);
  const parser = openParser(request.headers, {
    files: mostFiles,
    // One byte more than is taken, so that the file is found too long and not cut.
    fileSize: fileBytes + 1,
    fields: mostFields,
    fieldSize: fieldBytes,
    fieldNameSize: 200,
    parts: mostFiles + mostFields,
    headerPairs: 20,
    headerSize: 8 * 1024,
  });
  const body = Readable.from(request.body ?? []);
  try {
    await new Promise<void>((resolve, reject) => {
      const tooMany = () =>
        reject(
          refuse(
            413,
            "too-many-parts",
            `At most ${mostFiles} files may be sent at once.`,
            "Send the others afterwards.",
          ),
        );
      parser.on("file", (field: string, stream: BusboyFileStream, filename: string) => {
        const name = safeFileName(filename ?? "");
        const { signal } = brokenOff;
        const staged = stageFile(incoming, name, stream, fileBytes, signal).then((file) => ({
          field,
          name,
          staged: file,
        }));
        staging.push(staged);
        staged.catch((error: unknown) => reject(isNodeFailure(error) || isOfDisk(error) ? error : notWhole()));
      });
      parser.on("field", (name: string, value: string, _nameCut: boolean, valueCut: boolean) => {
        if (valueCut) reject(refuse(413, "too-large", `The part "${name.slice(0, 100)}" is too large.`, "Send less."));
        fields[name] = value;
      });
      parser.on("filesLimit", tooMany);
      parser.on("partsLimit", tooMany);
      parser.on("fieldsLimit", tooMany);
      parser.on("error", () => reject(notWhole()));
      parser.on("finish", resolve);
      body.on("error", () => reject(notWhole()));
      body.pipe(parser);
    });
    return { files: await Promise.all(staging), fields };
  } catch (error) {
    body.unpipe(parser);
    body.destroy();
    brokenOff.abort();
    parser.destroy();
    for (const staged of await Promise.allSettled(staging)) {
      if (staged.status === "fulfilled") await dropStaged(staged.value.staged.path);
    }
    throw error;
  }
};

/** A full or forbidden disk is no fault of the sender's. */
const isOfDisk = (error: unknown): boolean =>
  isDiskFull(error) || (error instanceof Error && "syscall" in error && "path" in error);

type Limits = NonNullable<ConstructorParameters<typeof Busboy>[0]["limits"]>;

const openParser = (headers: Headers, limits: Limits) => {
  try {
    return new Busboy({
      headers: Object.fromEntries(headers) as IncomingHttpHeaders & { "content-type": string },
      limits,
    });
  } catch {
    // No boundary, or one that cannot be.
    throw notWhole();
  }
};
