"use client";

import { useMemo } from "react";
import { useSession } from "../session";
import { useWorkbench } from "../workbench";
import { commandList } from "./command-list";
import type { EditorCommand } from "./editor-command";
import { useCommands } from "./use-commands";
import { useDebugCommands } from "./use-debug-commands";

export const useCommandList = (): readonly EditorCommand[] => {
  const { editor, view } = useWorkbench();
  const { run } = useSession();
  const commands = useCommands();
  const debug = useDebugCommands();
  return useMemo(() => commandList({ editor, view, run, commands, debug }), [editor, view, run, commands, debug]);
};
