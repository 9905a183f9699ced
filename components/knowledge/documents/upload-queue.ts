import { createStore, type StoreApi } from "zustand/vanilla";

/** Why a file did not come in: a code that the interface translates, and the app's own English words where it had some. */
export interface UploadProblem {
  readonly code: string;
  readonly message?: string;
}

export type UploadState = "waiting" | "sending" | "adding" | "duplicate" | "failed";

/** A file on its way into a knowledge base. One that has come in leaves the list. */
export interface Upload {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly state: UploadState;
  /** Bytes that have left this computer. */
  readonly sent: number;
  readonly problem: UploadProblem | null;
}

export interface ChosenFile {
  readonly file: File;
  /** Path of the folder it lies in, as it was dropped; empty for a file by itself. */
  readonly folder: string;
}

export interface StoredUpload {
  readonly fileId: string;
  readonly name: string;
  readonly folder: string;
}

export interface UploadActions {
  /** Resolves with the stored file's id, or with why it was refused. Rejects when aborted. */
  readonly send: (
    chosen: ChosenFile,
    options: { readonly signal: AbortSignal; readonly onSent: (bytes: number) => void },
  ) => Promise<{ readonly fileId: string } | UploadProblem>;
  /** Puts stored files into the base and says which of them it had already, by name; or why none was taken. */
  readonly add: (files: readonly StoredUpload[]) => Promise<{ readonly duplicates: readonly string[] } | UploadProblem>;
  /** Whether a file is worth sending; a problem if not. */
  readonly check: (chosen: ChosenFile) => UploadProblem | null;
}

export const uploadLimits = {
  /** Files in the list at once. */
  files: 2_000,
  sendingAtOnce: 3,
  /** Stored files that one call adds. */
  addedAtOnce: 50,
} as const;

interface QueueState {
  readonly uploads: readonly Upload[];
  /** Files that came in since the list was last empty. */
  readonly added: number;
}

export interface UploadQueue {
  readonly store: StoreApi<QueueState>;
  /** Gives how many were left out because the list is full. */
  readonly push: (files: readonly ChosenFile[]) => number;
  /** Stops what is being sent, or takes the line away. */
  readonly remove: (id: number) => void;
  readonly retry: (id: number) => void;
  /** Stops everything that has not come in, and takes away what ended badly. */
  readonly clear: () => void;
}

const isProblem = (answer: object): answer is UploadProblem => "code" in answer;
const isOver = ({ state }: Upload): boolean => state === "duplicate" || state === "failed";

/** Sends files, a few at a time, and adds them to the base in batches: one job then indexes many. */
export const createUploadQueue = (actions: UploadActions): UploadQueue => {
  const store = createStore<QueueState>(() => ({ uploads: [], added: 0 }));
  const files = new Map<number, ChosenFile>();
  const aborts = new Map<number, AbortController>();
  let stored: (StoredUpload & { readonly id: number })[] = [];
  let adding = false;
  let nextId = 1;

  const change = (id: number, part: Partial<Upload>) =>
    store.setState(({ uploads }) => ({
      uploads: uploads.map((upload) => (upload.id === id ? { ...upload, ...part } : upload)),
    }));
  const drop = (ids: ReadonlySet<number>) => {
    for (const id of ids) files.delete(id);
    store.setState(({ uploads }) => ({ uploads: uploads.filter(({ id }) => !ids.has(id)) }));
  };
  const inState = (state: UploadState) => store.getState().uploads.filter((upload) => upload.state === state);

  const sendNext = () => {
    const room = uploadLimits.sendingAtOnce - aborts.size;
    for (const { id } of inState("waiting").slice(0, Math.max(0, room))) void sendOne(id);
    void addStored();
  };

  const sendOne = async (id: number) => {
    const chosen = files.get(id);
    if (!chosen) return;
    const abort = new AbortController();
    aborts.set(id, abort);
    change(id, { state: "sending", sent: 0, problem: null });
    try {
      const answer = await actions.send(chosen, {
        signal: abort.signal,
        onSent: (sent) => change(id, { sent }),
      });
      if (abort.signal.aborted) return;
      if (isProblem(answer)) change(id, { state: "failed", problem: answer });
      else {
        stored.push({ id, fileId: answer.fileId, name: chosen.file.name, folder: chosen.folder });
        change(id, { state: "adding", sent: chosen.file.size });
      }
    } catch {
      if (!abort.signal.aborted) change(id, { state: "failed", problem: { code: "offline" } });
    } finally {
      if (aborts.get(id) === abort) aborts.delete(id);
      sendNext();
    }
  };

  /** Waits for what is still being sent, unless enough has come together. */
  const addStored = async () => {
    const more = aborts.size > 0 || inState("waiting").length > 0;
    if (adding || stored.length === 0 || (more && stored.length < uploadLimits.addedAtOnce)) return;
    const batch = stored.slice(0, uploadLimits.addedAtOnce);
    stored = stored.slice(batch.length);
    adding = true;
    const answer = await actions.add(batch).catch((): UploadProblem => ({ code: "offline" }));
    adding = false;
    if (isProblem(answer)) {
      for (const { id } of batch) change(id, { state: "failed", problem: answer });
    } else {
      const duplicates = [...answer.duplicates];
      const isNew = ({ name }: StoredUpload) => {
        const at = duplicates.indexOf(name);
        if (at >= 0) duplicates.splice(at, 1);
        return at < 0;
      };
      const fresh = new Set(batch.filter(isNew).map(({ id }) => id));
      for (const { id } of batch) if (!fresh.has(id)) change(id, { state: "duplicate" });
      drop(fresh);
      store.setState(({ uploads, added }) => ({ added: uploads.some((one) => !isOver(one)) ? added + fresh.size : 0 }));
    }
    void addStored();
  };

  return {
    store,
    push: (chosen) => {
      const room = Math.max(0, uploadLimits.files - store.getState().uploads.length);
      const taken = chosen.slice(0, room).map((one): Upload => {
        const id = nextId++;
        const problem = actions.check(one);
        files.set(id, one);
        return {
          id,
          name: one.file.name,
          size: one.file.size,
          state: problem ? "failed" : "waiting",
          sent: 0,
          problem,
        };
      });
      store.setState(({ uploads }) => ({ uploads: [...uploads, ...taken] }));
      sendNext();
      return chosen.length - taken.length;
    },
    remove: (id) => {
      aborts.get(id)?.abort();
      aborts.delete(id);
      stored = stored.filter((one) => one.id !== id);
      drop(new Set([id]));
      sendNext();
    },
    retry: (id) => {
      const chosen = files.get(id);
      const problem = chosen ? actions.check(chosen) : null;
      change(id, problem ? { problem } : { state: "waiting", problem: null });
      sendNext();
    },
    clear: () => {
      for (const abort of aborts.values()) abort.abort();
      aborts.clear();
      // What is being added cannot be taken back: it leaves the list when the answer comes.
      const kept = new Set(adding ? inState("adding").map(({ id }) => id) : []);
      stored = [];
      drop(
        new Set(
          store
            .getState()
            .uploads.map(({ id }) => id)
            .filter((id) => !kept.has(id)),
        ),
      );
    },
  };
};
