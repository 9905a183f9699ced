import { useTranslations } from "next-intl";
import { Select, SelectItem } from "@/components/ui/select";
import type { GraphNode } from "@/runtime/graph/document";
import { useSession } from "../session";
import { useEditor } from "../workbench";
import type { OutputChoice } from "./output-choices";
import { useOutputChoice } from "./use-output-choice";

const keyOf = ({ of, port, field }: OutputChoice): string => JSON.stringify([of, port, field]);

/** Which output, or which field of a structured one, stands in the cells. */
export function OutputSelect({ node }: { readonly node: GraphNode }) {
  const t = useTranslations("editor.compare");
  const { compare } = useSession();
  const title = useEditor(({ flow }) => flow.titleOf(node));
  const { choices, chosen } = useOutputChoice(node);
  if (!chosen || choices.length < 2) return null;
  const name = ({ of, port, field }: OutputChoice) => {
    const output = of === "step" ? `${title} › ${port}` : port;
    return field === null ? output : `${output} · ${field}`;
  };
  return (
    <div className="w-48">
      <Select
        aria-label={t("output")}
        value={keyOf(chosen)}
        onValueChange={(key) => compare.setState({ output: choices.find((each) => keyOf(each) === key) ?? null })}
      >
        {choices.map((each) => (
          <SelectItem key={keyOf(each)} value={keyOf(each)}>
            {name(each)}
          </SelectItem>
        ))}
      </Select>
    </div>
  );
}
