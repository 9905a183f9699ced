import { fail, ok, type Result } from "@/runtime/graph/result";
import { type InputField, isFileKind } from "@/runtime/node/define-node";
import { fileReference } from "@/runtime/node/file-reference";
import { getOwn, setOwn } from "@/runtime/node/record";
import { fileMissing, type InputProblem } from "@/runtime/plan/check-inputs";
import type { Database } from "@/server/platform/db/database";
import { asReference, fileFields } from "./file-row";

const idOf = (value: unknown): string | null => {
  const given = typeof value === "object" && value !== null && "fileId" in value ? value.fileId : null;
  return fileReference.shape.fileId.safeParse(given).success ? String(given) : null;
};

/**
 * Puts in place of every file that a run is given what is stored under its id: a caller need send no more than `{ fileId }`, and what it says of
 * name, type and size does not count. A file that is gone or another workspace's is a problem of its field. The rest is left to `checkInputs`.
 */
export const resolveInputFiles = async (
  database: Database,
  workspaceId: string,
  fields: readonly InputField[],
  inputs: unknown,
): Promise<Result<unknown, readonly InputProblem[]>> => {
  const names = fields.filter(({ kind }) => isFileKind(kind)).map(({ name }) => name);
  if (names.length === 0 || typeof inputs !== "object" || inputs === null || Array.isArray(inputs)) return ok(inputs);
  const given = inputs as Readonly<Record<string, unknown>>;
  const asked = names.flatMap((name) => {
    const fileId = idOf(getOwn(given, name));
    return fileId === null ? [] : [{ name, fileId }];
  });
  if (asked.length === 0) return ok(inputs);
  const rows = await database.prisma.storedFile.findMany({
    where: { workspaceId, id: { in: asked.map(({ fileId }) => fileId) } },
    select: fileFields,
  });
  const resolved: Record<string, unknown> = { ...given };
  const problems: InputProblem[] = [];
  for (const { name, fileId } of asked) {
    const row = rows.find(({ id }) => id === fileId);
    if (row === undefined) problems.push(fileMissing(name));
    else setOwn(resolved, name, asReference(row));
  }
  return problems.length === 0 ? ok(resolved) : fail(problems);
};
