// The process that parses documents, one after the other, for `parseDocument`: started by worker-start.mjs, with a channel to
// its parent. Whatever a hostile file does, it does here.
import { Worker } from "node:worker_threads";
import { readTableFile } from "../../table/file/read-table-file";
import { ParseError } from "./parse-failure";
import { readDocument } from "./read-document";
import type { FromWorker, ToWorker } from "./worker-messages";

/**
 * The heap has a bound by a parameter of Node; buffers outside it have not, so a thread watches over all memory together. It ends the
 * process also when the app is gone while a file keeps the process from noticing.
 */
const watch = `
  const limit = Number(process.argv[2]);
  const parent = process.ppid;
  setInterval(() => {
    if (process.memoryUsage.rss() > limit || process.ppid !== parent) process.kill(process.pid, "SIGKILL");
  }, 50);
`;
const memoryLimit = process.argv[2];
if (memoryLimit) new Worker(watch, { eval: true, argv: [memoryLimit] }).unref();

const send = (message: FromWorker) => process.send?.(message);

let answerImage: ((text: string) => void) | undefined;

process.on("message", async (message: ToWorker) => {
  if (message.type === "image-text") {
    answerImage?.(message.text);
    return;
  }
  if (message.type === "table") {
    await answerTable(message);
    return;
  }
  const { name, mediaType, bytes, readsImages, readAs } = message;
  try {
    const document = await readDocument(
      { name, mediaType, bytes },
      {
        ...(readAs ? { readAs } : {}),
        progress: (done, total) => send({ type: "progress", done, total }),
        ...(readsImages
          ? {
              readImageText: (png, page) => {
                send({ type: "image", page, png });
                return new Promise((resolve) => {
                  answerImage = resolve;
                });
              },
            }
          : {}),
      },
    );
    send({ type: "parsed", document });
  } catch (error) {
    sendFailure(error);
  }
});

const sendFailure = (error: unknown): void => {
  const failure =
    error instanceof ParseError
      ? { code: error.code, message: error.message }
      : {
          code: "broken" as const,
          message: "The file is damaged and cannot be read. Make it anew and add it again.",
        };
  send({ type: "failed", failure });
};

/** Rows of one message. */
const part = 500;

const answerTable = async ({ bytes, options, limits }: Extract<ToWorker, { type: "table" }>): Promise<void> => {
  try {
    const table = await readTableFile(bytes, options, limits);
    if (!table.ok) {
      send({ type: "table-read", table });
      return;
    }
    const { rows, ...rest } = table.value;
    for (let from = 0; from < rows.length; from += part) {
      send({ type: "table-rows", rows: rows.slice(from, from + part) });
    }
    send({ type: "table-read", table: { ok: true, value: rest } });
  } catch (error) {
    sendFailure(error);
  }
};
// The app is gone.
process.on("disconnect", () => process.exit(0));
send({ type: "ready" });
