// `npm run notices`: writes THIRD-PARTY-NOTICES from package-lock.json and node_modules.
//   --check   writes nothing and fails where the file is out of date
import { readFile, writeFile } from "node:fs/promises";
import { makeNotices } from "./lib/notices.mjs";
import { inProject, project } from "./lib/project.mjs";

const file = inProject("THIRD-PARTY-NOTICES");
const notices = await makeNotices(project);
if (!process.argv.includes("--check")) await writeFile(file, notices);
else if ((await readFile(file, "utf8").catch(() => "")) !== notices) {
  console.error("THIRD-PARTY-NOTICES is out of date: run `npm run notices` and commit it.");
  process.exit(1);
}
