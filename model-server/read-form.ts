import { createWriteStream } from "node:fs";
import type { IncomingMessage } from "node:http";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { badRequest, bodyTooLarge, type EndpointError } from "./errors";

export interface ReadForm {
  readonly fields: ReadonlyMap<string, string>;
  /** Whether the one file came. */
  readonly hasFile: boolean;
}

const MAX_FIELDS = 32;
const MAX_FIELD_BYTES = 16 << 10;

/** Reads a form with one file, which goes to `saveTo` as it arrives: it is never whole in memory. */
export async function readForm(
  request: IncomingMessage,
  {
    fileField,
    saveTo,
    mostFileBytes,
  }: { readonly fileField: string; readonly saveTo: string; readonly mostFileBytes: number },
): Promise<Result<ReadForm, EndpointError>> {
  if (!/^multipart\/form-data\s*;/i.test(request.headers["content-type"] ?? ""))
    return fail(badRequest("Send multipart/form-data with the recording in the field file.", null, "invalid_form"));
  if (Number(request.headers["content-length"] ?? 0) > mostFileBytes + MAX_FIELDS * MAX_FIELD_BYTES)
    return fail(bodyTooLarge(mostFileBytes));
  const fields = new Map<string, string>();
  let saved: Promise<void> | undefined;
  let refused: EndpointError | undefined;
  try {
    const form = new Busboy({
      headers: request.headers as BusboyHeaders,
      limits: { files: 1, fileSize: mostFileBytes, fields: MAX_FIELDS, fieldSize: MAX_FIELD_BYTES },
    });
    form.on("field", (name, value, _nameCut, valueCut) => {
      if (valueCut) refused ??= badRequest(`${name} is longer than ${MAX_FIELD_BYTES} bytes.`, name);
      fields.set(name, value);
    });
    form.on("file", (name, file) => {
      if (name !== fileField) return void file.resume();
      file.on("limit", () => {
        refused ??= bodyTooLarge(mostFileBytes);
      });
      saved = pipeline(file, createWriteStream(saveTo));
      // Told below, together with the form's own troubles.
      saved.catch(() => undefined);
    });
    await pipeline(request, form);
    await saved;
  } catch (error) {
    if (request.destroyed && !request.complete) throw error;
    return fail(
      badRequest(`The form cannot be read: ${error instanceof Error ? error.message : error}.`, null, "invalid_form"),
    );
  }
  return refused ? fail(refused) : ok({ fields, hasFile: saved !== undefined });
}
