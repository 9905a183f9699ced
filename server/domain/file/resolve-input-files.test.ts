import { afterAll, beforeAll, expect, it } from "vitest";
import type { InputField } from "@/runtime/node/define-node";
import type { FileReference } from "@/runtime/node/file-reference";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember } from "@/server/testing/workspace-fixture";
import { removeFile } from "./remove-file";
import { resolveInputFiles } from "./resolve-input-files";
import { storeFile } from "./store-file";

let database: Database;
let workspaceId: string;
let file: FileReference;
beforeAll(async () => {
  database = await openTestDatabase();
  workspaceId = (await addMember(database, "owner")).workspaceId;
  file = await storeFile(database, { workspaceId, name: "paper.txt", bytes: Buffer.from("paper") });
});
afterAll(() => database.close());

const fields: InputField[] = [
  { name: "paper", title: "Paper", kind: "file", required: true },
  { name: "note", title: "Note", kind: "text", required: false },
];
const resolve = (inputs: unknown, workspace = workspaceId) => resolveInputFiles(database, workspace, fields, inputs);
const missing = { ok: false, error: [expect.objectContaining({ field: "paper", code: "file-missing" })] };

it("an id is enough, and what is said beside it does not count", async () => {
  const whole = { ok: true, value: { paper: file, note: "n" } };
  expect(await resolve({ paper: { fileId: file.fileId }, note: "n" })).toEqual(whole);
  expect(await resolve({ paper: { ...file, mediaType: "image/png", size: 1, name: "../x" }, note: "n" })).toEqual(
    whole,
  );
});

it("a file of another workspace is as missing as one that never was", async () => {
  const other = (await addMember(database, "owner")).workspaceId;
  expect(await resolve({ paper: file }, other)).toEqual(missing);
  expect(await resolve({ paper: { fileId: "file_0000000000000000" } })).toEqual(missing);
});

it("a file that was removed is missing", async () => {
  const gone = await storeFile(database, { workspaceId, name: "gone.txt", bytes: Buffer.from("gone") });
  await removeFile(database, workspaceId, gone.fileId);
  expect(await resolve({ paper: gone })).toEqual(missing);
});

it.each([
  [null],
  ["text"],
  [[]],
  [{}],
  [{ paper: "file_0000000000000000" }],
  [{ paper: { fileId: 7 } }],
  [{ note: 1 }],
])("leaves %j to the check of inputs", async (inputs) => {
  expect(await resolve(inputs)).toEqual({ ok: true, value: inputs });
});
