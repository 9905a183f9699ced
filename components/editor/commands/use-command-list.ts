"use client";

import { useMemo } from "react";
import { useSession } from "../session";
import { useWorkbench } from "../workbench";
import { commandList } from "./command-list";
import type { EditorCommand } from "./editor-command";
import { useCommands } from "./use-commands";

export const useCommandList = (): readonly EditorCommand[] => {
  const { editor, view } = useWorkbench();
  const { run } = useSession();
  const commands = useCommands();
  return useMemo(() => commandList({ editor, view, run, commands }), [editor, view, run, commands]);
};
