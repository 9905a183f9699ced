import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DeploymentPage } from "@/components/deployments/page/deployment-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("deployments.page"))("one") };
}

export default async function OneDeploymentPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return <DeploymentPage key={id} id={id} />;
}
