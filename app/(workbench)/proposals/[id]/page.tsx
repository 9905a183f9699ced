import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProposalPage } from "@/components/proposals/proposal-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("proposals"))("one") };
}

export default async function ProposalRoute({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return <ProposalPage id={id} />;
}
