import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

const shortest = 32;

const read = async (file: string): Promise<string | null> => {
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
};

/**
 * What session cookies are signed with: PIPEWRIGHT_AUTH_SECRET, needed where several servers share one database, or a secret
 * made on the first start and kept beside the database, readable by its owner alone.
 */
export const authSecret = async (environment: Environment = process.env): Promise<string> => {
  const given = environment.PIPEWRIGHT_AUTH_SECRET?.trim();
  if (given) {
    if (given.length < shortest) throw new Error(`PIPEWRIGHT_AUTH_SECRET needs at least ${shortest} characters.`);
    return given;
  }
  const folder = path.resolve(/* turbopackIgnore: true */ environment.PIPEWRIGHT_DATA ?? ".data");
  const file = path.join(folder, "auth.secret");
  const kept = await read(file);
  if (kept !== null) {
    if (kept.length < shortest) throw new Error(`${file} is damaged. Remove it; everybody then signs in again.`);
    return kept;
  }
  await mkdir(folder, { recursive: true });
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, randomBytes(32).toString("base64url"), { mode: 0o600, flag: "wx" });
  try {
    // A link either makes the whole file or fails because another process was first.
    await link(draft, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return (await read(file)) ?? authSecret(environment);
};
