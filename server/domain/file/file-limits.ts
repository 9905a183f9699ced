const megabyte = 1024 * 1024;

export const fileLimits = {
  /** Bytes of one file, by what it turns out to be. */
  imageBytes: 20 * megabyte,
  audioBytes: 100 * megabyte,
  otherBytes: 100 * megabyte,
  /** Files of one request. */
  filesAtOnce: 10,
  /** Requests that bring files under way at once in this process, shared fairly; each may hold its files' bytes on disk. */
  uploadsAtOnce: 16,
  nameLength: 255,
  /** Pixels of an image that is decoded: width times height. */
  imagePixels: 100_000_000,
  /** Days that a file is kept that came with a run or was made by one. */
  runFileDays: 30,
} as const;

/** Bytes of any file. */
export const mostFileBytes = Math.max(fileLimits.imageBytes, fileLimits.audioBytes, fileLimits.otherBytes);

type Environment = Readonly<Record<string, string | undefined>>;

/** Bytes of all files of a workspace: PIPEWRIGHT_WORKSPACE_FILE_MEGABYTES, 5 GB where it is not set. */
export const workspaceQuota = (environment: Environment = process.env): number => {
  const text = environment.PIPEWRIGHT_WORKSPACE_FILE_MEGABYTES?.trim() ?? "";
  if (text === "") return 5 * 1024 * megabyte;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error("PIPEWRIGHT_WORKSPACE_FILE_MEGABYTES must be a whole number.");
  return Number(text) * megabyte;
};

/** `20 MB`, `1.5 MB`, `12 KB` */
export const sizeInWords = (bytes: number): string =>
  bytes >= megabyte ? `${Math.round((bytes / megabyte) * 10) / 10} MB` : `${Math.ceil(bytes / 1024)} KB`;
