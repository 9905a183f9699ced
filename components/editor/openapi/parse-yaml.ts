type Answer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

const longestMs = 120_000;

/** Throws where the text is no YAML, or takes too long to read. */
export const parseYaml = (text: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./yaml-worker.ts", import.meta.url), { type: "module" });
    const end = (settle: () => void) => {
      clearTimeout(timer);
      worker.terminate();
      settle();
    };
    const timer = setTimeout(() => end(() => reject(new Error(`not read within ${longestMs / 1000} s`))), longestMs);
    worker.onmessage = ({ data }: MessageEvent<Answer>) =>
      end(() => (data.ok ? resolve(data.value) : reject(new Error(data.message))));
    worker.onerror = ({ message }) => end(() => reject(new Error(message)));
    worker.postMessage(text);
  });
