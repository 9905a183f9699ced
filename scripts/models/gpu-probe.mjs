/**
 * Starts the engine given as its argument and prints what it runs on, as one line of JSON. A process and a file of its own:
 * a native library that cannot be loaded may end the process, and the engine starts further ones with the same arguments.
 */
const { getLlama } = await import(process.argv[2] ?? "node-llama-cpp");
const llama = await getLlama({ build: "never", gpu: "auto", progressLogs: false, logLevel: "error" });
console.log(JSON.stringify({ gpu: llama.gpu, names: llama.gpu ? await llama.getGpuDeviceNames() : [] }));
process.exit(0);
