// `npm run backup -- <file>`: the database as it is now, the files and the encryption key, in one file. The app may run.

import path from "node:path";
import { parseArgs } from "node:util";
import { createBackup } from "./lib/backup/create-backup.mjs";
import { dataFolder } from "./lib/operate.mjs";
import { StartFailure } from "./lib/start-failure.mjs";
import { ChildFailure } from "./lib/supervisor.mjs";

const usage = `Usage: npm run backup -- <file> [--replace]

  --replace                       the file may be there already
  PIPEWRIGHT_BACKUP_PASSPHRASE    seals the file with this passphrase
  PIPEWRIGHT_DATA                 where the data lies (.data)`;

process.umask(0o077);
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { replace: { type: "boolean", default: false }, help: { type: "boolean", short: "h", default: false } },
  });
  const [file] = positionals;
  if (values.help || file === undefined || positionals.length > 1) {
    console.log(usage);
    process.exit(values.help ? 0 : 2);
  }
  const passphrase = process.env.PIPEWRIGHT_BACKUP_PASSPHRASE;
  const database = !process.env.DATABASE_URL;
  const target = path.resolve(file);
  const { bytes, files, holdsKey } = await createBackup({
    dataFolder: dataFolder(),
    file: target,
    database,
    replace: values.replace,
    ...(passphrase && { passphrase }),
  });
  console.log(`${target}: ${(bytes / 1_000_000).toFixed(1)} MB, ${database ? "the database and " : ""}${files} files.`);
  if (!database)
    console.log("The database is not in it: DATABASE_URL names a PostgreSQL server; use pg_dump at the same time.");
  if (process.env.PIPEWRIGHT_S3_BUCKET)
    console.log("Files in the bucket are not in it: back up the bucket by its own means.");
  if (!holdsKey)
    console.log("The encryption key is not in it: keep PIPEWRIGHT_SECRET_KEY as well, nothing opens without it.");
  else if (!passphrase) {
    console.log(
      "Warning: it holds the encryption key and is not sealed itself. Whoever has it has everything. Keep it like a password, or set PIPEWRIGHT_BACKUP_PASSPHRASE.",
    );
  }
} catch (error) {
  console.error(error instanceof StartFailure || error instanceof ChildFailure ? error.message : error);
  process.exitCode = 1;
}
