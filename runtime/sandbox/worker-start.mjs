// The first file of the thread: Node does not hand `--import` on to threads, so TypeScript is made readable here.
import { register } from "tsx/esm/api";

register();
await import("./worker.ts");
