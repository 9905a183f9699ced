import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { pinOf } from "@/runtime/graph/pins";
import { useCommandList } from "../commands/use-command-list";
import { useEditor } from "../workbench";

const offered = ["runTo", "runAlone", "runFrom", "pin"] as const;

/** What can be run of the pipeline with the chosen step in hand. */
export function RunPartBar({ node }: { readonly node: string }) {
  const t = useTranslations("editor.commands");
  const pin = useTranslations("run.pin");
  const list = useCommandList();
  const readOnly = useEditor((state) => state.readOnly);
  const pinned = useEditor(({ document }) => pinOf(document, node) !== undefined);
  if (readOnly) return null;
  return (
    <div className="flex flex-wrap gap-2 px-4 pt-4">
      {offered.map((id) => {
        const command = list.find((each) => each.id === id);
        if (!command) return null;
        const { icon: Icon, run } = command;
        return (
          <Button key={id} size="sm" onClick={run} data-testid={`part-${id}`}>
            <Icon />
            {id === "pin" ? pin(pinned ? "unpin" : "pin") : t(id)}
          </Button>
        );
      })}
    </div>
  );
}
