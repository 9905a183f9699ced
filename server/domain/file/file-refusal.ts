import { NodeFailure } from "@/runtime/node/node-failure";
import type { RunErrorCode } from "@/runtime/run/errors";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";

/** Why a file is not taken or not given. The interface translates them: `refusal` in messages/<locale>/file.json. */
const refusals = {
  "file-missing": { code: "file-missing", status: 404 },
  "file-empty": { code: "file-invalid", status: 422 },
  "file-broken": { code: "file-invalid", status: 422 },
  "file-too-large": { code: "file-invalid", status: 413 },
  "storage-full": { code: "file-invalid", status: 507 },
} as const satisfies Record<string, { code: RunErrorCode; status: number }>;
export type FileRefusalReason = keyof typeof refusals;

/** A step or a job fails with it as it is; a route answers it by `asRouteRefusal`. */
export class FileRefusal extends NodeFailure {
  constructor(
    readonly reason: FileRefusalReason,
    message: string,
    hint: string,
  ) {
    super(refusals[reason].code, message, { hint });
  }
}

export const asRouteRefusal = (error: unknown): unknown => {
  if (!(error instanceof FileRefusal)) return error;
  const { hint } = error.options;
  return new RouteRefusal(
    refusals[error.reason].status,
    error.reason,
    error.message,
    hint === undefined ? {} : { hint },
  );
};

export const fileMissing = (): FileRefusal =>
  new FileRefusal("file-missing", "This file is no longer stored.", "Upload it again.");

export const fileBroken = (name: string, what: string, hint: string): FileRefusal =>
  new FileRefusal("file-broken", `"${name}" ${what}`, hint);
