// `npm run restore -- <file>`: puts a backup into an empty data folder, or, with --replace, in the place of what is there. The app has to be stopped.
import path from "node:path";
import { parseArgs } from "node:util";
import { restoreBackup } from "./lib/backup/restore-backup.mjs";
import { dataFolder } from "./lib/operate.mjs";
import { StartFailure } from "./lib/start-failure.mjs";

const usage = `Usage: npm run restore -- <file> [--replace]

  --replace                       moves aside what the data folder holds
  PIPEWRIGHT_BACKUP_PASSPHRASE    of a sealed backup
  PIPEWRIGHT_DATA                 where the data goes (.data)`;

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
  const folder = dataFolder();
  const { createdAt, database, holdsKey, aside } = await restoreBackup({
    dataFolder: folder,
    file: path.resolve(file),
    replace: values.replace,
    ...(passphrase && { passphrase }),
  });
  console.log(`${folder} is as it was at ${createdAt}.`);
  if (aside !== undefined) console.log(`What was there before lies in ${aside}; delete it when all is well.`);
  if (!database) console.log("The database is not in this backup: restore it with pg_restore.");
  if (!holdsKey)
    console.log("The encryption key is not in this backup: set PIPEWRIGHT_SECRET_KEY to it before the start.");
} catch (error) {
  console.error(error instanceof StartFailure ? error.message : error);
  process.exitCode = 1;
}
