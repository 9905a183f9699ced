import { makeZip } from "@/runtime/testing/make-zip";

/** A ZIP archive as wheels are: deflated, or stored with `stored`. `says` lies about a file's size. */
export const zip = (
  files: Readonly<Record<string, Buffer>>,
  { stored = false, says }: { readonly stored?: boolean; readonly says?: number } = {},
): Buffer =>
  Buffer.from(
    makeZip(
      Object.entries(files).map(([name, content]) => ({
        name,
        content,
        stored,
        ...(says === undefined ? {} : { declaredSize: says }),
      })),
    ),
  );
