import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { LeanListener } from "@/server/platform/lean/lean-listener";

/** The ending of a file that the build packed with Brotli. */
const packed = ".br";

const typeOf: Readonly<Record<string, string>> = {
  ".js": "application/javascript; charset=UTF-8",
  ".css": "text/css; charset=UTF-8",
};

interface Asset {
  readonly file: string;
  readonly bytes: number;
  readonly type: string;
}

/** Whether the client takes Brotli, by RFC 9110, section 12.5.3. One that says `*` alone is taken at its word for gzip, which the interface packs. */
export const takesBrotli = (accepted: string | undefined): boolean =>
  (accepted ?? "").split(",").some((each) => {
    const [name = "", ...parameters] = each.split(";").map((part) => part.trim().toLowerCase());
    if (name !== "br") return false;
    const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
    return weight === undefined || Number(weight) > 0;
  });

/**
 * Serves the scripts and styles of the interface as the build packed them, a seventh smaller than what the framework packs anew for every client.
 * Only what the build left in the folder at the start is ever opened, so no address reaches another file; whatever else is asked for, and every
 * client that does not take Brotli, is left to the framework.
 */
export const packedAssets = async (folder: string, address = "/_next/static/"): Promise<LeanListener> => {
  const assets = new Map<string, Asset>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile() || !entry.name.endsWith(packed)) continue;
    const file = path.join(entry.parentPath, entry.name);
    const plain = path.relative(folder, file).slice(0, -packed.length);
    const type = typeOf[path.extname(plain)];
    if (type === undefined) continue;
    assets.set(address + plain.split(path.sep).join("/"), { file, type, bytes: (await stat(file)).size });
  }
  return (incoming, outgoing) => {
    if (incoming.method !== "GET" && incoming.method !== "HEAD") return false;
    const asset = assets.get((incoming.url ?? "").split("?", 1)[0] ?? "");
    if (asset === undefined || !takesBrotli(incoming.headers["accept-encoding"])) return false;
    outgoing.writeHead(200, {
      "content-type": asset.type,
      "content-encoding": "br",
      "content-length": asset.bytes,
      // Their names change with their content.
      "cache-control": "public, max-age=31536000, immutable",
      vary: "accept-encoding",
      "x-content-type-options": "nosniff",
    });
    if (incoming.method === "HEAD") outgoing.end();
    else {
      const content = createReadStream(asset.file);
      // A build that was taken away meanwhile: the client sees a broken answer and asks again.
      content.once("error", () => outgoing.destroy());
      outgoing.once("close", () => content.destroy());
      content.pipe(outgoing);
    }
    return true;
  };
};
