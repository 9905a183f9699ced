import iconv from "iconv-lite";

/** In small letters, without parameters; empty where there is none. */
export const mediaTypeOf = (contentType: string | null): string =>
  (contentType ?? "").split(";")[0]?.trim().toLowerCase().slice(0, 100) ?? "";

/** Whether the words of such an answer can be read. */
export const isText = (mediaType: string): boolean =>
  mediaType.startsWith("text/") ||
  /[/+](?:json|xml|yaml|x-yaml|javascript|x-ndjson|x-www-form-urlencoded|graphql|csv)$/.test(mediaType);

/** Words in the encoding that the server named; UTF-8 where it named none that is known. */
export const textOf = (bytes: Buffer, contentType: string | null): string => {
  const named = /charset\s{0,5}=\s{0,5}"?([\w.:-]{1,40})/i.exec(contentType ?? "")?.[1];
  const encoding = named !== undefined && iconv.encodingExists(named) ? named : "utf-8";
  // A zero is no letter, and no database keeps it.
  return iconv.decode(bytes, encoding).replaceAll("\0", "\uFFFD");
};

const endings: Readonly<Record<string, string>> = {
  "application/pdf": "pdf",
  "application/json": "json",
  "application/zip": "zip",
  "text/csv": "csv",
  "text/html": "html",
  "text/plain": "txt",
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/gif": "gif",
  "audio/mpeg": "mp3",
  "audio/wav": "wav",
};

/** What the file is called: as the server says, else as the address ends, always with an ending. Never a path. */
export const fileName = (disposition: string | null, url: URL, mediaType: string): string => {
  const extended = /filename\*\s{0,5}=\s{0,5}UTF-8''([^;\s]{1,300})/i.exec(disposition ?? "")?.[1];
  const plain = /filename\s{0,5}=\s{0,5}"([^"]{1,300})"/i.exec(disposition ?? "")?.[1];
  const last = url.pathname.split("/").at(-1) ?? "";
  const name = [extended === undefined ? undefined : decoded(extended), plain, decoded(last)]
    .map((each) =>
      (each ?? "")
        .replaceAll(/[/\\\p{Cc}]/gu, "_")
        .replace(/^\.+/, "")
        .trim(),
    )
    .find((each) => each !== "");
  const ending = endings[mediaType] ?? "bin";
  if (name === undefined) return `answer.${ending}`;
  return /\.[A-Za-z0-9]{1,8}$/.test(name) ? name.slice(-200) : `${name.slice(0, 190)}.${ending}`;
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
