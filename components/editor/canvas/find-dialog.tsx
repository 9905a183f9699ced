import { useTranslations } from "next-intl";
import { useDeferredValue, useMemo, useState } from "react";
import { CommandDialog, CommandEmpty, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { useCommands } from "../commands/use-commands";
import { findSteps } from "../gestures/find-steps";
import { NodeIcon } from "../node-icon";
import { useEditor, useView, useWorkbench } from "../workbench";

/** Every entry counts alike: what is typed was looked for already. */
const all = () => 1;

/** Finds a step of the pipeline by its name or by what its settings say, and goes there. */
export function FindDialog() {
  const { view } = useWorkbench();
  const t = useTranslations("editor.find");
  const open = useView((state) => state.finding);
  return (
    <CommandDialog
      open={open}
      onOpenChange={(next) => view.setState({ finding: next })}
      title={t("title")}
      filter={all}
    >
      {open ? <Found /> : null}
    </CommandDialog>
  );
}

function Found() {
  const { view } = useWorkbench();
  const t = useTranslations("editor.find");
  const whole = useEditor((state) => state.whole);
  const flow = useEditor((state) => state.flow);
  const catalog = useEditor((state) => state.catalog);
  const commands = useCommands();
  const [query, setQuery] = useState("");
  const wanted = useDeferredValue(query);
  const found = useMemo(() => findSteps(whole, wanted, flow), [whole, wanted, flow]);
  return (
    <>
      <CommandInput value={query} onValueChange={setQuery} placeholder={t("search")} maxLength={200} />
      <CommandList>
        <CommandEmpty>{t("nothing")}</CommandEmpty>
        {found.map(({ node, inside, title, field, excerpt, type }) => (
          <CommandItem
            key={[...inside, node].join("/")}
            value={[...inside, node].join("/")}
            onSelect={() => {
              view.setState({ finding: false });
              commands.reveal(node, field ?? undefined, inside);
            }}
          >
            <NodeIcon name={catalog.get(type)?.icon} className="size-4 shrink-0" />
            <span className="shrink-0 truncate">{title}</span>
            <span className="min-w-0 truncate text-faint text-xs">{excerpt}</span>
          </CommandItem>
        ))}
      </CommandList>
    </>
  );
}
