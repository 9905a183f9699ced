import { isFileKind } from "@/runtime/node/define-node";
import { setOwn } from "@/runtime/node/record";
import { storeParts } from "@/server/domain/file/answer-upload";
import { fileLimits } from "@/server/domain/file/file-limits";
import { asRouteRefusal } from "@/server/domain/file/file-refusal";
import { readUpload, type Upload } from "@/server/domain/file/read-upload";
import { dropStaged } from "@/server/domain/file/stage-file";
import { withUploadPlace } from "@/server/domain/file/upload-places";
import { bodyLimits, parseJson, refuseStructure } from "@/server/platform/guard/bounded-body";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { fileStorageOf } from "@/server/platform/object-store/file-storage";
import type { RouteCall } from "@/server/platform/route/route";
import { findPublished } from "./begin-published-run";
import { publishedLimits, type RunRequest } from "./published.types";
import { readRunRequest } from "./read-run-request";
import type { RequestFiles } from "./request-files";

type Call = Pick<RouteCall<"api-key", { slug: string }>, "request" | "parameters" | "caller" | "database">;

const hint =
  'Send the part "inputs" as JSON, "stream" as true or false, and each file as a part named after its field.';
const invalid = (message: string, fields: Readonly<Record<string, string>> = {}) =>
  new RouteRefusal(400, "request-invalid", message, { hint, fields });

/**
 * A run's request as a form: the files are stored as a run's own, and stand in the inputs by their references. Nothing is read before the key and
 * the pipeline are known to belong together, and nothing stored before the form is known to be in order.
 */
export const readRunForm = async (
  { request, parameters, caller, database }: Call,
  files: RequestFiles,
): Promise<RunRequest> => {
  const { plan, deployment } = await findPublished(database, parameters.slug, caller);
  const fields = plan.inputFields.filter(({ kind }) => isFileKind(kind));
  return withUploadPlace({ workspaceId: deployment.workspaceId, key: caller.apiKeyId }, async () => {
    const { incoming } = fileStorageOf(database);
    const bounds = { fields: 5, fieldBytes: publishedLimits.requestBytes };
    const form = await readUpload(request as never, incoming, bounds).catch((error: unknown) => {
      throw asRouteRefusal(error);
    });
    let asked: RunRequest;
    try {
      asked = readFields(form);
      refuseParts(
        form,
        fields.map(({ name }) => name),
      );
    } catch (error) {
      for (const { staged } of form.files) await dropStaged(staged.path);
      throw error;
    }
    const stored = await storeParts(database, deployment.workspaceId, form.files, fileLimits.runFileDays);
    const inputs: Record<string, unknown> = { ...asked.inputs };
    for (const { field, file } of stored) {
      files.add(deployment.workspaceId, file.fileId);
      setOwn(inputs, field, file);
    }
    return { ...asked, inputs };
  });
};

const isSwitch = (value: string | undefined): boolean => value === undefined || value === "true" || value === "false";

const readFields = ({ fields }: Upload): RunRequest => {
  const { inputs = "{}", stream, background, conversation_id, user, ...unknown } = fields;
  const [name] = Object.keys(unknown);
  if (name !== undefined) throw invalid(`"${name.slice(0, 100)}" is not part of a request.`);
  if (!isSwitch(stream)) throw invalid('"stream" must be true or false.');
  if (!isSwitch(background)) throw invalid('"background" must be true or false.');
  refuseStructure(inputs, bodyLimits.values, '"inputs"');
  return readRunRequest({
    inputs: parseJson(inputs),
    ...(stream !== undefined && { stream: stream === "true" }),
    ...(background !== undefined && { background: background === "true" }),
    ...(conversation_id !== undefined && { conversation_id }),
    ...(user !== undefined && { user }),
  });
};

const refuseParts = ({ files }: Upload, names: readonly string[]): void => {
  const seen = new Set<string>();
  for (const { field } of files) {
    const shown = field.slice(0, 100);
    const known = names.length === 0 ? "This pipeline takes none." : `The fields for files are: ${names.join(", ")}.`;
    if (!names.includes(field)) throw invalid(`There is no field "${shown}" for a file. ${known}`, { [shown]: known });
    if (seen.has(field)) throw invalid(`There are two files for "${shown}".`, { [shown]: "Send one." });
    seen.add(field);
  }
};
