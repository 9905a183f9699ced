import { useTranslations } from "next-intl";
import { shorten } from "@/components/run/value-text";
import { Textarea } from "@/components/ui/textarea";
import { useSession } from "../session";
import type { CompareCase } from "./compare-store";
import { useCompareState } from "./use-compare";

/** Characters of an expected answer that is written here. */
const longest = 20_000;

/** What a right answer to a case would be, to be read or, while the case is written, written. */
export function ExpectedCell({ each, number }: { readonly each: CompareCase; readonly number: number }) {
  const t = useTranslations("editor.compare");
  const { compare } = useSession();
  const editing = useCompareState((state) => state.editing === each.id);
  return (
    <td className="sticky left-52 z-10 border-line border-r border-b bg-raised p-2" data-testid="compare-expected">
      {editing ? (
        <Textarea
          aria-label={t("expectedOf", { number })}
          className="min-h-16"
          value={each.expected}
          maxLength={longest}
          onChange={(event) => compare.getState().changeExpected(each.id, event.target.value)}
        />
      ) : each.expected.trim() === "" ? (
        <p className="text-faint">{t("notExpected")}</p>
      ) : (
        <p className="max-h-48 overflow-y-auto whitespace-pre-wrap break-words">{shorten(each.expected, 2000)}</p>
      )}
    </td>
  );
}
