// `npm run test:node -- 22 24`: every test below the browser on those lines of Node, whose binaries come from npm. Ends as `npm test` does.
import { install, isInstalled } from "./lib/install.mjs";
import { nodeReleases } from "./lib/node-release.mjs";
import { inProject } from "./lib/project.mjs";
import { clearResults, runScript, runVitestOn, tellCounts, timed } from "./lib/suites.mjs";

const asked = process.argv.slice(2);

await tellCounts(async (add) => {
  await clearResults();
  if (!isInstalled({ withDev: true })) await timed("install", () => install({ withDev: true }));
  if ((await runScript([inProject("scripts", "generate.mjs"), "--client"])) !== 0)
    throw new Error("the database client was not generated");
  for (const line of asked.length > 0 ? asked : Object.keys(nodeReleases)) add(await runVitestOn(line));
});
