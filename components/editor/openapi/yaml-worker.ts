import { parse } from "yaml";
import { yamlOptions } from "@/nodes/lib/openapi/read-description";

/** Reads YAML beside the page: a large file takes seconds. */
self.onmessage = ({ data }: MessageEvent<string>) => {
  try {
    self.postMessage({ ok: true, value: parse(data, yamlOptions) });
  } catch (error) {
    self.postMessage({ ok: false, message: error instanceof Error ? error.message : String(error) });
  }
};
