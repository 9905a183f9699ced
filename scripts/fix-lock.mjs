// Completes package-lock.json, after every `npm install`, with the packages of other platforms; see lib/lock-file.mjs.
// `--check` changes nothing and fails where the lock is not complete.
import { readFileSync, writeFileSync } from "node:fs";
import { brokenPackages, completeLock, missingPackages } from "./lib/lock-file.mjs";
import { inProject } from "./lib/project.mjs";

const file = inProject("package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8"));
const missing = missingPackages(lock);
const broken = brokenPackages(lock);

if (broken.length > 0) {
  console.error(`package-lock.json is broken; make it anew with npm install:\n  ${broken.join("\n  ")}`);
  process.exit(1);
}
if (process.argv.includes("--check")) {
  if (missing.length > 0) {
    console.error(
      `package-lock.json lacks ${missing.length} packages of other platforms: run node scripts/fix-lock.mjs`,
    );
    process.exit(1);
  }
} else if (missing.length > 0) {
  writeFileSync(file, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
  console.log(`Added ${missing.length} packages of other platforms to package-lock.json.`);
}
