import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Proposals } from "@/components/proposals/proposals";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.pages"))("proposals") };
}

export default function ProposalsPage() {
  return <Proposals />;
}
