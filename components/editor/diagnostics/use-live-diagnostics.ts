"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTRPC } from "@/components/trpc/client";
import { validate } from "@/runtime/graph/validate";
import { useModels } from "../inspector/use-models";
import { useWorkbench } from "../workbench";
import { arrangeDiagnostics } from "./diagnostics-store";
import { knownModels } from "./known-models";
import { knownTools } from "./known-tools";

const pauseMs = 250;

/** Checks the pipeline after every edit, a quarter of a second later and never while something is dragged. */
export const useLiveDiagnostics = (): void => {
  const { editor, diagnostics } = useWorkbench();
  const { models, defaults, isLoading } = useModels();
  const trpc = useTRPC();
  const { data: servers } = useQuery(
    trpc.mcp.list.queryOptions(undefined, { staleTime: 15_000, refetchInterval: 30_000 }),
  );

  useEffect(() => {
    // Until the models are known nothing is said about them.
    const known = isLoading ? undefined : knownModels({ models, defaults });
    const tools = servers === undefined ? undefined : knownTools(servers);
    let timer: ReturnType<typeof setTimeout> | null = null;
    const check = () => {
      timer = null;
      const { whole, scope, catalog, dragging } = editor.getState();
      if (dragging) return;
      const found = validate(whole, catalog, {
        ...(known ? { models: known } : {}),
        ...(tools ? { tools } : {}),
      });
      diagnostics.setState((former) => arrangeDiagnostics(found, former, scope));
    };
    check();
    const stop = editor.subscribe((state, before) => {
      if (state.scope !== before.scope) {
        diagnostics.setState((former) => arrangeDiagnostics(former.all, former, state.scope));
        return;
      }
      const same = state.document.nodes === before.document.nodes && state.document.edges === before.document.edges;
      if (same && state.dragging === before.dragging) return;
      if (timer) clearTimeout(timer);
      timer = setTimeout(check, pauseMs);
    });
    return () => {
      stop();
      if (timer) clearTimeout(timer);
    };
  }, [editor, diagnostics, models, defaults, isLoading, servers]);
};
