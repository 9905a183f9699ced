import { removeFile } from "@/server/domain/file/remove-file";
import type { Database } from "@/server/platform/db/database";

/** The files that came with a request: kept where its run begins, else removed again, so that what was refused takes no room. */
export class RequestFiles {
  readonly #stored: { readonly workspaceId: string; readonly fileId: string }[] = [];
  #hasBegun = false;

  add(workspaceId: string, fileId: string): void {
    this.#stored.push({ workspaceId, fileId });
  }

  /** To be called when the run has begun, or waits for its turn. */
  readonly begun = (): void => {
    this.#hasBegun = true;
  };

  /** Answers a request, and removes its files where no run began. */
  async around<T>(database: Database, answer: () => Promise<T>): Promise<T> {
    try {
      return await answer();
    } finally {
      if (!this.#hasBegun) await this.#remove(database);
    }
  }

  async #remove(database: Database): Promise<void> {
    for (const { workspaceId, fileId } of this.#stored.splice(0)) {
      await removeFile(database, workspaceId, fileId).catch((error: unknown) =>
        console.error(`file ${fileId} of a request that was refused is still stored:`, error),
      );
    }
  }
}
