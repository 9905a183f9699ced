import type { AddressInfo } from "node:net";
import { parseOptions, usage } from "./options";
import { createEndpoint } from "./server";
import { createServices, dropIdleModels } from "./services";

const args = process.argv.slice(2);
if (args.includes("--help")) {
  console.log(usage);
  process.exit(0);
}
const options = parseOptions(args, process.env);
if (!options.ok) {
  console.error(`${options.error}\n\n${usage}`);
  process.exit(2);
}

const services = createServices(options.value, (line) => console.error(`[models] ${line}`), Date.now);
const server = createEndpoint(services);
server.on("error", (error: NodeJS.ErrnoException) => {
  const { host, port } = options.value;
  console.error(
    error.code === "EADDRINUSE"
      ? `Port ${port} on ${host} is in use. Choose another with --port, or end the program that has it.`
      : `The model endpoint cannot listen on ${host}:${port}: ${error.message}`,
  );
  process.exit(1);
});
const LOOK_FOR_IDLE_MS = 15_000;
setInterval(() => {
  dropIdleModels(services).catch((error: unknown) => console.error(`[models] an idle model stays: ${error}`));
}, LOOK_FOR_IDLE_MS).unref();

server.listen(options.value.port, options.value.host, () => {
  const { address, family, port } = server.address() as AddressInfo;
  console.log(`ready http://${family === "IPv6" ? `[${address}]` : address}:${port}`);
});

let ending = false;
function end() {
  if (ending) return;
  ending = true;
  // Generations end with their connections. Freed memory is the system's business: llama.cpp takes seconds to tidy up.
  server.closeAllConnections();
  for (const family of Object.values(services.families)) void family.stop();
  server.close(() => process.exit(0));
}
process.on("SIGINT", end);
process.on("SIGTERM", end);
if (options.value.parentStdin) {
  process.stdin.on("end", end).on("close", end).on("error", end);
  process.stdin.resume();
}
