// `npm run rotate-key`: a new encryption key, and everything sealed with it. Started by scripts/rotate-key.mjs with the database running and the app not.
import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { databaseAddress } from "@/server/platform/db/database";
import { openDatabase } from "@/server/platform/db/open-database";
import { readSecretKey } from "@/server/platform/secret/secret-box";
import { StartRefusal, startRefusedStatus } from "@/server/platform/settings/start-refusal";
import { type Resealed, reseal } from "./reseal";
import { settleEncryptionKey } from "./settle-encryption-key";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const writeKey = async (file: string, key: string): Promise<void> => {
  await rm(file, { force: true });
  const handle = await open(file, "wx", 0o600);
  try {
    await handle.writeFile(key);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const rotate = async (): Promise<Resealed> => {
  const database = await openDatabase(databaseAddress());
  try {
    // Ends a rotation that was broken off, and refuses where the key is not the right one.
    await settleEncryptionKey(database);
    const from = readSecretKey();
    const file = process.env.PIPEWRIGHT_SECRET_KEY_FILE;
    if (file === undefined) {
      const given = process.env.PIPEWRIGHT_NEW_SECRET_KEY;
      if (!given) {
        throw new StartRefusal(
          "PIPEWRIGHT_SECRET_KEY holds the key, so give the new one as PIPEWRIGHT_NEW_SECRET_KEY: 32 bytes in base64, such as from `openssl rand -base64 32`.",
        );
      }
      return await reseal(database, from, readSecretKey({ PIPEWRIGHT_SECRET_KEY: given }));
    }
    const next = randomBytes(32);
    await writeKey(`${file}.next`, next.toString("base64"));
    const resealed = await reseal(database, from, next);
    await rename(`${file}.next`, file);
    return resealed;
  } finally {
    await database.close();
  }
};

try {
  const { endpointKeys, credentials, originals, secondFactors, mailPasswords, webhookSecrets, unreadable } =
    await rotate();
  say(
    `The encryption key is new. Sealed with it: ${endpointKeys} endpoint keys, ${credentials} credentials, ${originals} masked originals, ${secondFactors} second factors, ${mailPasswords} mail passwords, ${webhookSecrets} webhook secrets.`,
  );
  if (unreadable > 0) say(`${unreadable} values did not open with the old key and stay as they are.`);
  say(
    process.env.PIPEWRIGHT_SECRET_KEY_FILE === undefined
      ? "Set PIPEWRIGHT_SECRET_KEY to the new key before the next start. Everybody has to sign in again."
      : "Everybody has to sign in again. Backups made before hold the old key.",
  );
} catch (error) {
  console.error(error instanceof StartRefusal ? error.message : error);
  process.exitCode = error instanceof StartRefusal ? startRefusedStatus : 1;
}
