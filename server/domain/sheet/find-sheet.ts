import type { Sheet } from "@/generated/prisma/client";
import type { Database } from "@/server/platform/db/database";
import { notFound } from "@/server/platform/guard/application-error";

/** A sheet of this workspace. */
export const findSheet = async (
  { prisma }: Pick<Database, "prisma">,
  workspaceId: string,
  id: string,
): Promise<Sheet> => {
  const row = await prisma.sheet.findFirst({ where: { id, workspaceId } });
  if (row === null) throw notFound("sheet");
  return row;
};

export interface SheetColumn {
  readonly name: string;
  /** All of its cells may be given back as numbers. */
  readonly isNumber: boolean;
}

/** The parts of a sheet that are stored as JSON. */
export const partsOf = ({
  columns,
  mapping,
  fixed,
  variants,
}: Pick<Sheet, "columns" | "mapping" | "fixed" | "variants">) => ({
  columns: columns as unknown as readonly SheetColumn[],
  mapping: mapping as Readonly<Record<string, number>>,
  fixed: fixed as Readonly<Record<string, unknown>>,
  variants: variants as unknown as readonly { readonly node: string; readonly id: string; readonly label: string }[],
});
