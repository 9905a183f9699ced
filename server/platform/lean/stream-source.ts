import type { TextSource } from "./text-source";

/** A stream of bytes as a text that is pushed, read no faster than it is taken. */
export const streamSource = (stream: ReadableStream<Uint8Array>): TextSource => ({
  leave: () => void stream.cancel().catch(() => {}),
  start(sink) {
    const reader = stream.getReader();
    const decoder = new TextDecoder();
    let wake = () => {};
    const read = async () => {
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        if (sink.write(decoder.decode(part.value, { stream: true }))) continue;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      sink.end();
    };
    read().catch(() => sink.end());
    return {
      resume: () => wake(),
      stop: () => void reader.cancel().catch(() => {}),
    };
  },
});
