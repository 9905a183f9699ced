// Starts worker-main.ts. The PDF library is loaded before the TypeScript loader is registered: that one reads and rewrites every
// module that comes after it, which takes a second and 350 MB for files of this size.
import { register } from "tsx/esm/api";
import "./pdf/missing-language-features.mjs";
import "pdfjs-dist/legacy/build/pdf.mjs";
import "pdfjs-dist/legacy/build/pdf.worker.mjs";
import { confine } from "./confine.mjs";

register();
// No file is read before the next turn of the event loop.
await import("./worker-main.ts");
confine();
