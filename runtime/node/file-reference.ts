import { z } from "zod";

/**
 * A file in the object store. Wires, documents and events carry this, never the bytes. The id is unguessable and belongs to one workspace: whoever
 * reads a reference checks that the run's workspace owns it.
 */
export const fileReference = z.strictObject({
  fileId: z.string().regex(/^file_[A-Za-z0-9_-]{16,64}$/),
  name: z.string().min(1).max(255),
  /** As found by looking at the bytes, not as the name or the sender says. */
  mediaType: z.string().min(3).max(127),
  /** Size in bytes. */
  size: z.int().min(0),
});
export type FileReference = z.output<typeof fileReference>;

type Typed = Pick<FileReference, "mediaType">;
export const isImage = ({ mediaType }: Typed): boolean => mediaType.startsWith("image/");
export const isAudio = ({ mediaType }: Typed): boolean => mediaType.startsWith("audio/");
