"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { StoreApi } from "zustand";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import type { GraphDocument } from "@/runtime/graph/document";
import { canonicalJson } from "@/runtime/graph/hash";
import type { SessionState } from "../session";
import type { EditorStore } from "../store/editor-store";
import { Autosave, type Draft, type SaveReply } from "./autosave";
import { keepDraft, markClosed } from "./draft-keeper";

export interface OpenedPipeline {
  readonly id: string;
  readonly revision: number;
  readonly graphHash: string;
  readonly updatedAt: Date;
  readonly document: GraphDocument;
}

export interface AutosaveOptions {
  readonly pipeline: OpenedPipeline;
  readonly tab: string;
  readonly editor: EditorStore;
  readonly session: StoreApi<SessionState>;
  /** Unsaved work of this tab from before a reload. */
  readonly recovered: Draft | null;
}

interface SavedElsewhere {
  readonly revision: number;
  readonly savedAt: number;
}

const keepDelayMs = 250;

/** Ties a pipeline's store to the server, to the other tabs, and to the browser's own storage. */
export const useAutosave = ({ pipeline, tab, editor, session, recovered }: AutosaveOptions): Autosave => {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();

  const [bound] = useState(() => {
    const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(`pipewright.${pipeline.id}`);
    let keepTimer: ReturnType<typeof setTimeout> | null = null;
    let waiting: Draft | null = null;
    const keepNow = () => {
      if (keepTimer) clearTimeout(keepTimer);
      keepTimer = null;
      if (waiting) keepDraft(localStorage, pipeline.id, tab, waiting);
      waiting = null;
    };
    /** What was sent and never answered: a conflict with our own work is none. */
    let unanswered: string | null = null;

    const save = async (request: {
      readonly baseRevision: number;
      readonly document: GraphDocument;
    }): Promise<SaveReply> => {
      try {
        const saved = await client.pipeline.save.mutate({ id: pipeline.id, ...request });
        unanswered = null;
        return {
          kind: "saved",
          saved: { revision: saved.revision, graphHash: saved.graphHash, savedAt: saved.updatedAt.getTime() },
        };
      } catch (error) {
        const { code, data, message } = errorFacts(error);
        if (code === "CONFLICT") {
          const theirs = await client.pipeline.get.query({ id: pipeline.id }).catch(() => null);
          const conflict = data.conflict as { readonly revision: number; readonly updatedAt: Date } | undefined;
          if (theirs && unanswered !== null && canonicalJson(theirs.document) === unanswered) {
            unanswered = null;
            const savedAt = theirs.updatedAt.getTime();
            const { revision, graphHash } = theirs;
            // The stored work is ours, from a save whose answer was lost. If more was done since, it goes on top of it.
            if (canonicalJson(request.document) === canonicalJson(theirs.document))
              return { kind: "saved", saved: { revision, graphHash, savedAt } };
            return save({ baseRevision: revision, document: request.document });
          }
          const revision = theirs?.revision ?? conflict?.revision ?? request.baseRevision + 1;
          return { kind: "conflict", theirs: { revision, savedAt: (theirs?.updatedAt ?? new Date()).getTime() } };
        }
        if (code === "BAD_REQUEST" || code === "PAYLOAD_TOO_LARGE" || code === "NOT_FOUND" || code === "FORBIDDEN")
          return { kind: "refused", message: message ?? code };
        if (code === "UNAUTHORIZED") return { kind: "signed-out" };
        if (code === "OFFLINE") unanswered = canonicalJson(request.document);
        return { kind: "unreachable" };
      }
    };

    const autosave = new Autosave(pipeline.revision, pipeline.updatedAt.getTime(), {
      save,
      now: () => Date.now(),
      later: (callback, delayMs) => {
        const timer = setTimeout(callback, delayMs);
        return () => clearTimeout(timer);
      },
      keep: (draft) => {
        waiting = draft;
        if (draft) keepTimer ??= setTimeout(keepNow, keepDelayMs);
        else {
          if (keepTimer) clearTimeout(keepTimer);
          keepTimer = null;
          keepDraft(localStorage, pipeline.id, tab, null);
        }
      },
      onState: (save) => session.setState({ save }),
      onSaved: ({ revision, graphHash, savedAt }, document) => {
        session.setState({ graphHash });
        const { publishedHash } = session.getState();
        queries.setQueryData(trpc.deployment.get.queryKey({ pipelineId: pipeline.id }), (known) =>
          known ? { ...known, upToDate: graphHash === publishedHash } : known,
        );
        channel?.postMessage({ revision, savedAt } satisfies SavedElsewhere);
        // What the cache holds is what the next visit to this page begins with.
        queries.setQueryData(trpc.pipeline.get.queryKey({ id: pipeline.id }), (known) =>
          known ? { ...known, revision, graphHash, document, updatedAt: new Date(savedAt) } : known,
        );
      },
    });
    return { autosave, channel, keepNow, mounted: false };
  });

  useEffect(() => {
    const { autosave, channel, keepNow } = bound;
    bound.mounted = true;
    autosave.resume();
    const stopListening = editor.subscribe((state, before) => {
      if (state.whole !== before.whole && !state.opened) autosave.change(state.whole);
    });
    const follow = async () => {
      const theirs = await client.pipeline.get.query({ id: pipeline.id }).catch(() => null);
      if (!theirs || autosave.hasUnsavedWork || theirs.revision <= autosave.revision) return;
      editor.getState().open(theirs.document);
      autosave.adopt({ revision: theirs.revision, savedAt: theirs.updatedAt.getTime() });
      session.setState({ graphHash: theirs.graphHash });
    };
    const onMessage = (event: MessageEvent<SavedElsewhere>) => {
      if (autosave.noticeTheirs(event.data) === "follow") void follow();
    };
    const onOnline = () => autosave.retryNow();
    const onHide = () => {
      keepNow();
      markClosed(localStorage, pipeline.id, tab, true);
    };
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted) markClosed(localStorage, pipeline.id, tab, false);
    };
    const onLeave = (event: BeforeUnloadEvent) => {
      keepNow();
      // Who goes to sign in comes back to it: it is kept here.
      if (autosave.hasUnsavedWork && autosave.state.status !== "signed-out") event.preventDefault();
    };
    channel?.addEventListener("message", onMessage);
    window.addEventListener("online", onOnline);
    window.addEventListener("focus", onOnline);
    window.addEventListener("pagehide", onHide);
    window.addEventListener("pageshow", onShow);
    window.addEventListener("beforeunload", onLeave);
    if (recovered) autosave.recover(recovered, { savedAt: pipeline.updatedAt.getTime(), document: pipeline.document });
    return () => {
      stopListening();
      channel?.removeEventListener("message", onMessage);
      window.removeEventListener("online", onOnline);
      window.removeEventListener("focus", onOnline);
      window.removeEventListener("pagehide", onHide);
      window.removeEventListener("pageshow", onShow);
      window.removeEventListener("beforeunload", onLeave);
      keepNow();
      bound.mounted = false;
      // Leaving for another page of the app: what is not saved yet is sent at once.
      void autosave.flush().finally(() => {
        if (!bound.mounted) autosave.stop();
      });
    };
  }, [bound, editor, session, client, pipeline, tab, recovered]);

  return bound.autosave;
};
