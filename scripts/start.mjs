// `npm start`, `npm run dev`: from a fresh clone to a running app. Plain Node without packages, because it installs them.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Pipewright needs Node.js 20.19 or newer; this is ${process.versions.node}.\nGet it from https://nodejs.org or with your version manager, then start again.`,
  );
  process.exit(1);
}
// Imported only now: an older Node would stop at their syntax, without a message that helps.
const { start } = await import("./lib/start-app.mjs");
await start(process.argv.slice(2));
