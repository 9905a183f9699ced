import { randomBytes } from "node:crypto";
import { link, open, readFile, rename, rm } from "node:fs/promises";
import { keyPlace } from "@/server/domain/endpoint/load-endpoints";
import type { Database } from "@/server/platform/db/database";
import { createSecretBox, readSecretKey } from "@/server/platform/secret/secret-box";
import { StartRefusal } from "@/server/platform/settings/start-refusal";
import { keyFingerprint } from "./key-fingerprint";

type Environment = Record<string, string | undefined>;

/** The one row of the check. */
export const keyCheckId = "current";

/**
 * Before anything is sealed or opened: the key that was given must be the one that this database was sealed with. A lost or wrong one stops the start; a
 * new one is written down only where nothing was sealed yet, or where `npm start -- --new-key` gave the old one up. A rotation that was broken off ends
 * here: which of its two keys counts is what the database says.
 */
export const settleEncryptionKey = async (
  database: Pick<Database, "prisma">,
  environment: Environment = process.env,
): Promise<void> => {
  const { prisma } = database;
  const file = environment.PIPEWRIGHT_SECRET_KEY_FILE;
  const next = environment.PIPEWRIGHT_SECRET_KEY_NEXT;
  const row = await prisma.encryptionKeyCheck.findUnique({ where: { id: keyCheckId } });
  const fingerprint = keyFingerprint(readSecretKey(environment));

  if (row !== null && row.fingerprint !== fingerprint && file !== undefined && next !== undefined) {
    if (row.fingerprint === keyFingerprint(readSecretKey({ PIPEWRIGHT_SECRET_KEY: next }))) {
      await rename(`${file}.next`, file);
      environment.PIPEWRIGHT_SECRET_KEY = next;
      return;
    }
  }
  const matches = row === null ? !(await isSealedOtherwise(database, environment)) : row.fingerprint === fingerprint;
  if (!matches && environment.PIPEWRIGHT_ACCEPT_NEW_KEY !== "1") throw new StartRefusal(refusal(environment));

  if (environment.PIPEWRIGHT_SECRET_KEY_IS_NEW === "1" && file !== undefined) await keep(file, environment);
  // The rotation that wrote it was broken off before anything was sealed with it.
  if (file !== undefined && next !== undefined) await rm(`${file}.next`, { force: true });
  if (row?.fingerprint === fingerprint) return;
  const data = { fingerprint, changedAt: new Date() };
  await prisma.encryptionKeyCheck.upsert({
    where: { id: keyCheckId },
    create: { id: keyCheckId, ...data },
    update: data,
  });
};

/** For a database from before its key was written down: whether it holds what this key does not open. */
const isSealedOtherwise = async ({ prisma }: Pick<Database, "prisma">, environment: Environment): Promise<boolean> => {
  const box = createSecretBox(readSecretKey(environment));
  const endpoints = await prisma.modelEndpoint.findMany({
    where: { apiKeyCipher: { not: null } },
    select: { id: true, apiKeyCipher: true },
  });
  if (endpoints.length > 0)
    return endpoints.every(({ id, apiKeyCipher }) => box.open(apiKeyCipher ?? "", keyPlace(id)) === null);
  if (environment.PIPEWRIGHT_SECRET_KEY_IS_NEW !== "1") return false;
  // Originals of masked data; looked for once, and only where a key file that should be there is not.
  const sealed = await prisma.runEventChunk.findFirst({
    where: { events: { contains: '"cipher":"' } },
    select: { runId: true },
  });
  return sealed !== null;
};

const refusal = (environment: Environment): string => {
  const file = environment.PIPEWRIGHT_SECRET_KEY_FILE;
  const isNew = environment.PIPEWRIGHT_SECRET_KEY_IS_NEW === "1";
  const what =
    file === undefined
      ? "PIPEWRIGHT_SECRET_KEY is not the key that this database was sealed with."
      : isNew
        ? `The encryption key is gone: there is no ${file}, but the database holds what it sealed.`
        : `The key in ${file} is not the one that this database was sealed with.`;
  const mend =
    file === undefined
      ? "Set it to the key that was used before."
      : `Put that file back from a backup, or set PIPEWRIGHT_SECRET_KEY to the key.`;
  return [
    what,
    "Without it the API keys of model endpoints, masked personal data and second factors cannot be opened, and nobody stays signed in.",
    `${mend} Nothing was changed, and no new key was made.`,
    "Where it is lost for good: npm start -- --new-key goes on without what it sealed; endpoint keys have to be entered again.",
  ].join("\n");
};

/** Writes a new key down, whole or not at all, readable by its owner alone. One that came to be there meanwhile stays. */
const keep = async (file: string, environment: Environment): Promise<void> => {
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    const handle = await open(draft, "wx", 0o600);
    try {
      await handle.writeFile(environment.PIPEWRIGHT_SECRET_KEY ?? "");
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    // An app that is started again after a crash is given what its first start was given, and finds the key that it wrote then.
    if ((await readFile(file, "utf8")).trim() === environment.PIPEWRIGHT_SECRET_KEY) return;
    throw new StartRefusal(`Another start has just made ${file}. Start again.`);
  } finally {
    await rm(draft, { force: true });
  }
};
