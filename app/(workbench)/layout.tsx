import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { readSidebarChoice, sidebarCookie } from "@/components/shell/sidebar-choice";
import { Workbench } from "@/components/shell/workbench";
import { requirePageMember } from "@/server/platform/auth/page-session";

export default async function WorkbenchLayout({ children }: { readonly children: ReactNode }) {
  await requirePageMember();
  const choice = readSidebarChoice((await cookies()).get(sidebarCookie)?.value);
  return <Workbench choice={choice}>{children}</Workbench>;
}
