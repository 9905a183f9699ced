export interface DocumentFile {
  readonly name: string;
  /** As the sender called it; the name's ending counts more, and the content most. */
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}
