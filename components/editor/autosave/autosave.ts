import type { GraphDocument } from "@/runtime/graph/document";
import { hashJson } from "@/runtime/graph/hash";

export interface SavedRevision {
  readonly revision: number;
  readonly graphHash: string;
  /** Milliseconds since the epoch. */
  readonly savedAt: number;
}

export type SaveReply =
  | { readonly kind: "saved"; readonly saved: SavedRevision }
  /** Somebody else saved first. */
  | { readonly kind: "conflict"; readonly theirs: { readonly revision: number; readonly savedAt: number } }
  /** The server was not reached or had trouble of its own: try again. */
  | { readonly kind: "unreachable" }
  /** The session has ended: nothing can be saved until somebody signs in again. */
  | { readonly kind: "signed-out" }
  /** The server will not take this document: trying again is of no use until it changes. */
  | { readonly kind: "refused"; readonly message: string };

export type SaveState =
  | { readonly status: "saved"; readonly savedAt: number | null }
  | { readonly status: "dirty" }
  | { readonly status: "saving" }
  | { readonly status: "unreachable"; readonly retryAt: number }
  | { readonly status: "signed-out" }
  | { readonly status: "conflict"; readonly theirs: { readonly revision: number; readonly savedAt: number } }
  | { readonly status: "refused"; readonly message: string };

/** What is kept in the browser until the server has it. */
export interface Draft {
  readonly baseRevision: number;
  readonly document: GraphDocument;
  readonly at: number;
  /** Hash of the document that was sent and never answered: if the server has it, its newer revision is our own. */
  readonly sent?: string;
}

export interface AutosaveEffects {
  readonly save: (request: { readonly baseRevision: number; readonly document: GraphDocument }) => Promise<SaveReply>;
  /** Calls back once after the delay; the result cancels it. */
  readonly later: (callback: () => void, delayMs: number) => () => void;
  readonly now: () => number;
  /** Keeps unsaved work in the browser; null forgets it. */
  readonly keep: (draft: Draft | null) => void;
  readonly onState: (state: SaveState) => void;
  readonly onSaved: (saved: SavedRevision, document: GraphDocument) => void;
}

export const saveDelayMs = 800;
const retryDelaysMs = [1000, 2000, 4000, 8000, 15_000, 30_000] as const;

/**
 * Carries every change to the server: one request at a time, each naming the revision it is based on. After a conflict
 * nothing is sent until somebody decides, so no other person's work is ever overwritten silently.
 */
export class Autosave {
  #state: SaveState;
  #revision: number;
  /** The newest document, where the server does not have it yet. */
  #pending: GraphDocument | null = null;
  #inFlight: Promise<void> | null = null;
  #cancelTimer: (() => void) | null = null;
  #failures = 0;
  #sent: string | undefined;
  #stopped = false;

  constructor(
    revision: number,
    savedAt: number | null,
    private readonly effects: AutosaveEffects,
  ) {
    this.#revision = revision;
    this.#state = { status: "saved", savedAt };
  }

  get state(): SaveState {
    return this.#state;
  }
  /** The last revision that the server confirmed to us. */
  get revision(): number {
    return this.#revision;
  }
  get hasUnsavedWork(): boolean {
    return this.#pending !== null || this.#inFlight !== null;
  }

  /** The document has changed. Saved after a pause. */
  change(document: GraphDocument): void {
    this.#pending = document;
    this.#keep(document);
    if (this.#state.status === "conflict") return;
    if (this.#inFlight) return;
    this.#failures = 0;
    this.#enter({ status: "dirty" });
    this.#schedule(saveDelayMs);
  }

  /**
   * Takes up the work of this tab from before a reload. Where somebody else has saved since, nothing is sent until somebody decides.
   * `stored` is what the server has now.
   */
  recover(draft: Draft, stored: { readonly savedAt: number; readonly document: GraphDocument }): void {
    if (draft.baseRevision >= this.#revision || (draft.sent && draft.sent === hashJson(stored.document))) {
      this.change(draft.document);
      return;
    }
    const theirs = { revision: this.#revision, savedAt: stored.savedAt };
    // Until then we stand on what we knew, so that another reload asks again.
    this.#revision = draft.baseRevision;
    this.#pending = draft.document;
    this.#keep(draft.document);
    this.#enter({ status: "conflict", theirs });
  }

  /** Saves now what is not saved yet. True once the server has everything. */
  async flush(): Promise<boolean> {
    while (this.#pending !== null || this.#inFlight) {
      if (this.#inFlight) await this.#inFlight;
      else if (this.#state.status === "conflict") return false;
      else {
        this.#send();
        await this.#inFlight;
        // A getter that awaits have changed: the compiler must not narrow it.
        const { status } = this.state as SaveState;
        if (status !== "saved" && status !== "dirty" && status !== "saving") return false;
      }
    }
    return true;
  }

  /** The network is back, or somebody may have signed in again. */
  retryNow(): void {
    const { status } = this.#state;
    if ((status === "unreachable" || status === "signed-out") && !this.#inFlight) this.#send();
  }

  /** Another tab or person has saved. */
  noticeTheirs(theirs: { readonly revision: number; readonly savedAt: number }): "follow" | "conflict" | "known" {
    if (theirs.revision <= this.#revision) return "known";
    if (!this.hasUnsavedWork) return "follow";
    if (!this.#inFlight) {
      this.#cancelTimer?.();
      this.#enter({ status: "conflict", theirs });
    }
    return "conflict";
  }

  /** Takes their revision as ours: what was not saved here is given up, by the user's own decision. */
  adopt(saved: { readonly revision: number; readonly savedAt: number }): void {
    this.#cancelTimer?.();
    this.#pending = null;
    this.#revision = saved.revision;
    this.effects.keep(null);
    this.#enter({ status: "saved", savedAt: saved.savedAt });
  }

  /** Puts ours over theirs, by the user's own decision. */
  async overwrite(document: GraphDocument): Promise<boolean> {
    if (this.#state.status !== "conflict") return false;
    this.#revision = this.#state.theirs.revision;
    this.#pending = document;
    this.#enter({ status: "dirty" });
    return this.flush();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer?.();
  }

  /** Begins again after `stop`, with whatever is still unsaved. */
  resume(): void {
    this.#stopped = false;
    if (this.#pending && !this.#inFlight && this.#state.status !== "conflict") this.#schedule(saveDelayMs);
  }

  #keep(document: GraphDocument): void {
    const sent = this.#sent === undefined ? {} : { sent: this.#sent };
    this.effects.keep({ baseRevision: this.#revision, document, at: this.effects.now(), ...sent });
  }

  #schedule(delayMs: number): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.effects.later(() => {
      this.#cancelTimer = null;
      if (!this.#inFlight && this.#pending) this.#send();
    }, delayMs);
  }

  #send(): void {
    const document = this.#pending;
    if (!document || this.#stopped) return;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#sent = hashJson(document);
    this.#keep(document);
    this.#enter({ status: "saving" });
    this.#inFlight = this.effects
      .save({ baseRevision: this.#revision, document })
      .catch((): SaveReply => ({ kind: "unreachable" }))
      .then((reply) => {
        this.#inFlight = null;
        this.#settle(reply, document);
      });
  }

  #settle(reply: SaveReply, document: GraphDocument): void {
    switch (reply.kind) {
      case "saved": {
        this.#failures = 0;
        this.#sent = undefined;
        this.#revision = reply.saved.revision;
        this.effects.onSaved(reply.saved, document);
        if (this.#pending === document) {
          this.#pending = null;
          this.effects.keep(null);
          this.#enter({ status: "saved", savedAt: reply.saved.savedAt });
        } else if (this.#pending) {
          this.#keep(this.#pending);
          this.#enter({ status: "dirty" });
          this.#schedule(saveDelayMs);
        }
        return;
      }
      case "conflict":
        this.#enter({ status: "conflict", theirs: reply.theirs });
        return;
      case "refused":
        this.#enter({ status: "refused", message: reply.message });
        return;
      case "signed-out":
        this.#enter({ status: "signed-out" });
        return;
      case "unreachable": {
        const delay = retryDelaysMs[Math.min(this.#failures, retryDelaysMs.length - 1)] ?? 30_000;
        this.#failures += 1;
        this.#enter({ status: "unreachable", retryAt: this.effects.now() + delay });
        if (!this.#stopped) this.#schedule(delay);
        return;
      }
      default:
        reply satisfies never;
    }
  }

  #enter(state: SaveState): void {
    this.#state = state;
    this.effects.onState(state);
  }
}
